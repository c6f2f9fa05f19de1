#!/usr/bin/env python3
"""How long `sayso mcp` takes to verify a quotation, asked by the protocol's own SDK, and how often it is right.

    python3 python/benches/verify_quotation.py [INDEX]      # takes `pip install mcp anyio`, and `sayso` on the path

Without an index it answers about the sample corpus. Each of the 300 quotations is asked once to warm up and once on the clock.
"""

import json
import sys
import time
from pathlib import Path

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from quotations import quotations

ROOT = Path(__file__).resolve().parents[2]


async def main() -> None:
    index = sys.argv[1:2]
    where = ["--index", index[0]] if index else [str(ROOT / "corpus")]
    server = StdioServerParameters(command="sayso", args=["mcp", "-q", "--model", "rules", *where])
    asked, right, times = quotations(), 0, []
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        for text, _ in asked:
            await session.call_tool("verify_quotation", {"text": text})
        for text, wanted in asked:
            begun = time.perf_counter()
            answer = await session.call_tool("verify_quotation", {"text": text})
            times.append(1000 * (time.perf_counter() - begun))
            right += json.loads(answer.content[0].text)["verdict"] in wanted
    times.sort()
    at = lambda share: times[int(share * (len(times) - 1))]  # noqa: E731
    print(f"{right} of {len(asked)} right; p50 {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, worst {times[-1]:.1f} ms")


anyio.run(main)
