"""The widget's files: kept for ever under their version, never two versions at once."""

from __future__ import annotations

import gzip
import re
import subprocess

import pytest

from connectors.web.files import FOR_EVER, LOOK_AGAIN, WIDGET, Files
from kernel.errors import NotFound

from .conftest import FOREIGN


@pytest.fixture
def folder(tmp_path):
    """Make a small widget."""
    files = tmp_path / "widget"
    (files / "tests").mkdir(parents=True)
    (files / "chat.js").write_text("const element = new URL('./widget/insurer-chat.js', document.currentScript.src)")
    (files / "insurer-chat.js").write_text(
        "import { a } from './a.js'\nexport const b = () => import(\"./a.js\")\nconst not = './missing.js'")
    (files / "a.js").write_text("import './insurer-chat.js'\nexport const a = 1")
    (files / "README.md").write_text("not served")
    (files / "tests" / "a.test.js").write_text("not served")
    return files


async def test_each_import_names_the_version_of_the_whole(folder):
    """A browser that kept one file for ever never mixes it with a newer one, even when files import each other."""
    files = Files(folder)
    source = files.get("insurer-chat.js").content.decode()

    assert source.count(f"./a.js?v={files.version}") == 2
    assert "'./missing.js'" in source
    assert f"./widget/insurer-chat.js?v={files.version}" in files.get("chat.js").content.decode()


async def test_changing_one_file_changes_the_version_of_all(folder):
    """The version is that of the content."""
    before = Files(folder)
    (folder / "a.js").write_text("import './insurer-chat.js'\nexport const a = 2")

    assert Files(folder).version != before.version
    assert Files(folder).version == Files(folder).version


async def test_only_the_right_version_is_kept_for_ever(folder):
    """An old page asking for an old version must not fix the new file under the old name."""
    files = Files(folder)

    assert files.kept("a.js", files.version) == FOR_EVER
    assert files.kept("a.js", "old") == files.kept("a.js", None) == LOOK_AGAIN


@pytest.mark.parametrize("name", ["README.md", "tests/a.test.js", "a.test.js", "../routes.py", "chat", "", ".", "A.JS"])
async def test_nothing_else_is_served(folder, name):
    """Only the files of the folder itself, by their names."""
    with pytest.raises(NotFound):
        Files(folder).get(name)


async def test_any_site_may_load_the_widget(client):
    """The insurer's page loads it as a module, across origins; what it may call is another question."""
    answer = await client.get("/chat.js", headers={"Origin": FOREIGN})

    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.content_type == "text/javascript"


async def test_every_file_the_widget_names_is_there(client):
    """From the loader down, followed as a browser would."""
    wanted, seen = ["/chat.js"], set()
    while wanted:
        address = wanted.pop()
        answer = await client.get(address)
        source = await answer.text()
        assert answer.status == 200, address
        assert "?v=" not in address or answer.headers["Cache-Control"] == FOR_EVER
        seen.add(address)
        imports = re.findall(r"(?:from|import)\s*\(?\s*[\"']\./(?:widget/)?([\w.-]+\.js\?v=\w+)[\"']", source)
        imports += re.findall(r"new URL\([\"']\./(?:widget/)?([\w.-]+\.js\?v=\w+)[\"']", source)
        wanted += [found for name in imports if (found := f"/widget/{name}") not in seen]

    assert len(seen) > 1


async def test_a_file_the_browser_has_is_not_sent_again(client):
    """By its tag."""
    first = await client.get("/chat.js")
    again = await client.get("/chat.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status, await again.read()) == (304, b"")


async def test_nobody_climbs_out_of_the_folder(client):
    """Paths are names, not paths."""
    for path in ("/widget/..%2fbuild.py", "/widget/%2e%2e/build.py", "/widget/../build.py", "/widget/"):
        assert (await client.get(path)).status == 404


async def test_the_widget_travels_packed(folder):
    """A member on a train downloads a third of it."""
    file = Files(folder).get("insurer-chat.js")

    assert gzip.decompress(file.packed) == file.content


async def test_the_whole_widget_is_light():
    """Loader at most 10 KB, whole widget at most 60 KB once packed: the promise made to the insurer's website."""
    files = Files()
    packed = {path.name: len(files.get(path.name).packed) for path in WIDGET.glob("*.js")}

    assert packed["chat.js"] <= 10 * 1024
    assert sum(packed.values()) <= 60 * 1024


async def test_what_is_served_is_still_javascript(tmp_path):
    """Comments are taken out on the way: nothing else may go with them."""
    files = Files()
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for path in WIDGET.glob("*.js"):
        (tmp_path / path.name).write_bytes(files.get(path.name).content)
        checked = subprocess.run(["node", "--check", tmp_path / path.name], capture_output=True, text=True, check=False)

        assert checked.returncode == 0, checked.stderr
