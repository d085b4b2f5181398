"""Openings asked again give the same conversation: their keys, kept for an hour."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opening',
    sa.Column('key_digest', sa.String(length=64), nullable=False),
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_opening_conversation_id')),
    sa.PrimaryKeyConstraint('key_digest', name=op.f('pk_opening'))
    )
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opening_opened_at'), ['opened_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opening_opened_at'))
        batch_op.drop_index(batch_op.f('ix_opening_conversation_id'))

    op.drop_table('opening')
