"""Reading what the sandbox sent to its members."""

from __future__ import annotations

import re
from typing import Any

from member_api.contract import Caller
from tests.integration.member_api.conftest import Sandbox


async def messages(sandbox: Sandbox, member_id: str = "demo-1") -> list[dict[str, Any]]:
    """Give a member's messages, latest first."""
    async with sandbox.session.get(f"{sandbox.url}/sandbox/boite.json") as response:
        assert response.status == 200
        return [one for one in (await response.json())["messages"] if one["member_id"] == member_id]


async def code_in(sandbox: Sandbox, member_id: str = "demo-1") -> str:
    """Give the code of the latest message that has one."""
    texts = [one["text"] for one in await messages(sandbox, member_id)]
    return next(found[0] for text in texts if (found := re.findall(r"\b\d{6}\b", text)))


async def proven(sandbox: Sandbox, member_id: str = "demo-1") -> Caller:
    """Give a caller at level 2 who really went through a code."""
    caller = sandbox.caller(member_id)
    sent = await sandbox.client.send_code(caller, key=f"code-of-{member_id}")
    checked = await sandbox.client.check_code(caller, sent.id, await code_in(sandbox, member_id), key=f"try-of-{member_id}")
    assert checked.token is not None
    return Caller(member_id, 2, checked.level_expires_at)
