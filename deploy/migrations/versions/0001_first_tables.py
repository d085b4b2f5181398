"""The tables of the record and of the desk."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=80), nullable=False),
    sa.Column('what', sa.String(length=60), nullable=False),
    sa.Column('conversation_id', sa.String(length=40), nullable=True),
    sa.Column('member_id', sa.String(length=80), nullable=True),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_member_id'), ['member_id'], unique=False)

    op.create_table('conversation',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('access_digest', sa.String(length=64), nullable=True),
    sa.Column('member_id', sa.String(length=80), nullable=True),
    sa.Column('identity_level', sa.Integer(), nullable=False),
    sa.Column('identity_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('floor_holder', sa.String(length=10), nullable=False),
    sa.Column('floor_advisor_id', sa.String(length=40), nullable=True),
    sa.Column('floor_advisor_name', sa.String(length=80), nullable=True),
    sa.Column('fencing', sa.Integer(), nullable=False),
    sa.Column('floor_since', sa.Integer(), nullable=False),
    sa.Column('floor_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_closed', sa.Boolean(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('next_turn', sa.Integer(), nullable=True),
    sa.Column('next_turn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim_worker', sa.String(length=60), nullable=True),
    sa.Column('claim_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim_attempt', sa.Integer(), nullable=False),
    sa.Column('queue', sa.String(length=40), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('topics', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index('ix_conversation_advisor', ['floor_advisor_id', 'is_closed'], unique=False)
        batch_op.create_index('ix_conversation_closed', ['updated_at'], unique=False, sqlite_where=sa.text('is_closed IS 1'), postgresql_where=sa.text('is_closed IS true'))
        batch_op.create_index('ix_conversation_floor', ['floor_holder', 'is_closed', 'queue'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_member_id'), ['member_id'], unique=False)
        batch_op.create_index('ix_conversation_turn', ['next_turn_at'], unique=False)

    op.create_table('desk_status',
    sa.Column('queue', sa.String(length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('advisors', sa.Integer(), nullable=False),
    sa.Column('estimated_wait_s', sa.Integer(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('queue', name=op.f('pk_desk_status'))
    )
    op.create_table('act',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('member_id', sa.String(length=80), nullable=False),
    sa.Column('identity_level', sa.Integer(), nullable=False),
    sa.Column('request', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_act_conversation_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_act'))
    )
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_act_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index('ix_act_pending', ['status', 'updated_at'], unique=False)

    op.create_table('cursor',
    sa.Column('reader', sa.String(length=80), nullable=False),
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_cursor_conversation_id')),
    sa.PrimaryKeyConstraint('reader', 'conversation_id', name=op.f('pk_cursor'))
    )
    op.create_table('entry',
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('moment', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.String(length=10), nullable=False),
    sa.Column('author_id', sa.String(length=40), nullable=True),
    sa.Column('author_name', sa.String(length=80), nullable=True),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('body', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('client_id', sa.String(length=100), nullable=True),
    sa.Column('salt', sa.String(length=32), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('starts_turn', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_entry_conversation_id')),
    sa.PrimaryKeyConstraint('conversation_id', 'number', name=op.f('pk_entry')),
    sa.UniqueConstraint('conversation_id', 'author', 'client_id', name=op.f('uq_entry_conversation_id'))
    )
    op.create_table('snapshot',
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('dialogue', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_snapshot_conversation_id')),
    sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_snapshot'))
    )
    op.create_table('advisor',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('login', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor')),
    sa.UniqueConstraint('login', name=op.f('uq_advisor_login'))
    )
    op.create_table('desk_wait',
    sa.Column('conversation_id', sa.String(length=40), nullable=False),
    sa.Column('fencing', sa.Integer(), nullable=False),
    sa.Column('queue', sa.String(length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ahead', sa.Integer(), nullable=False),
    sa.Column('advisors', sa.Integer(), nullable=False),
    sa.Column('is_live', sa.Boolean(), nullable=False),
    sa.Column('promised_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('away_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_by', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('conversation_id', 'fencing', name=op.f('pk_desk_wait'))
    )
    with op.batch_alter_table('desk_wait', schema=None) as batch_op:
        batch_op.create_index('ix_desk_wait_recent', ['queue', 'taken_at'], unique=False)
        batch_op.create_index('ix_desk_wait_taker', ['taken_by', 'conversation_id'], unique=False)

    op.create_table('sign_in_failure',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('failed', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_failure'))
    )
    op.create_table('advisor_presence',
    sa.Column('advisor_id', sa.String(length=40), nullable=False),
    sa.Column('said', sa.String(length=12), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('active_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('live_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['advisor_id'], ['advisor.id'], name=op.f('fk_advisor_presence_advisor_id')),
    sa.PrimaryKeyConstraint('advisor_id', name=op.f('pk_advisor_presence'))
    )
    op.create_table('advisor_session',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('advisor_id', sa.String(length=40), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['advisor_id'], ['advisor.id'], name=op.f('fk_advisor_session_advisor_id')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_advisor_session'))
    )
    with op.batch_alter_table('advisor_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advisor_session_advisor_id'), ['advisor_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('advisor_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advisor_session_advisor_id'))

    op.drop_table('advisor_session')
    op.drop_table('advisor_presence')
    op.drop_table('sign_in_failure')
    with op.batch_alter_table('desk_wait', schema=None) as batch_op:
        batch_op.drop_index('ix_desk_wait_taker')
        batch_op.drop_index('ix_desk_wait_recent')

    op.drop_table('desk_wait')
    op.drop_table('advisor')
    op.drop_table('snapshot')
    op.drop_table('entry')
    op.drop_table('cursor')
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.drop_index('ix_act_pending')
        batch_op.drop_index(batch_op.f('ix_act_conversation_id'))

    op.drop_table('act')
    op.drop_table('desk_status')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_turn')
        batch_op.drop_index(batch_op.f('ix_conversation_member_id'))
        batch_op.drop_index('ix_conversation_floor')
        batch_op.drop_index('ix_conversation_closed', sqlite_where=sa.text('is_closed IS 1'), postgresql_where=sa.text('is_closed IS true'))
        batch_op.drop_index('ix_conversation_advisor')

    op.drop_table('conversation')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_member_id'))
        batch_op.drop_index(batch_op.f('ix_audit_conversation_id'))

    op.drop_table('audit')
