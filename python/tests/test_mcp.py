"""`sayso mcp` beside the protocol's own Python SDK (`pip install mcp`): the tools and their schemas, answers that keep to
them, and 300 quotations: true, altered and invented ones. `tests/mcp.rs` makes the same quotations and has the verdicts of
every one; this is the real client, and `python/benches/verify_quotation.py` measures with it."""

import json
import sys
from pathlib import Path
from shutil import which

import pytest

pytest.importorskip("mcp.client.stdio")
anyio = pytest.importorskip("anyio")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python" / "benches"))
from quotations import quotations  # noqa: E402


def test_a_real_client_gets_every_verdict_right():
    jsonschema = pytest.importorskip("jsonschema")
    if which("sayso") is None:
        pytest.skip("the command is not on the path")

    async def asked():
        from mcp import ClientSession, StdioServerParameters
        from mcp.client.stdio import stdio_client

        server = StdioServerParameters(command="sayso", args=["mcp", "-q", "--model", "rules", str(ROOT / "corpus")])
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            assert len(tools) == 7 and "verify_quotation" in tools
            schema = tools["verify_quotation"].model_dump(by_alias=True)["outputSchema"]
            wrong = []
            for text, wanted in quotations():
                answer = await session.call_tool("verify_quotation", {"text": text})
                found = json.loads(answer.content[0].text)
                jsonschema.validate(found, schema)
                if found["verdict"] not in wanted:
                    wrong.append((wanted, found["verdict"], text))
            return wrong

    wrong = anyio.run(asked)
    assert not wrong, wrong
