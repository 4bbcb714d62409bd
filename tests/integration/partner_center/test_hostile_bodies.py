"""Bodies of every kind: their rows are read, or there is an error."""

import gzip
import json
import zlib
from functools import partial

import pytest
from aiohttp import web

from bot.errors import PartnerCenterError
from bot.query.reports.report_gaps import Gaps
from tests.integration.partner_center.test_hostile_rows import figures
from tests.integration.partner_center.test_odd_rows import LAMNA, PROSEWARE, of, report

BOM = b"\xef\xbb\xbf"
RIGHT = ([(2, 50), (10, 20)], Gaps())
PART = ([(10, 20)], Gaps(unknown=1))
DOUBTFUL = ([(2, 50), (10, 20)], Gaps(incomplete=True, reported_error=True))
UNSETTLED = ([(2, 50), (10, 20)], Gaps(incomplete=True))  # a link that leads nowhere, and `skip` is not heeded
NOTHING: tuple[list[tuple[int, int]], Gaps] = ([], Gaps())
ERROR = None


def sent(body, **headers):
    return web.Response(body=body, headers={"Content-Type": "application/json"} | headers)


def typed(kind, body):
    return sent(body, **{"Content-Type": kind})


def encoded(name, pack, body):
    return sent(pack(body), **{"Content-Encoding": name})


def beside(member, body):
    """Add a member in front of the rows and one behind them."""
    return sent(body.replace(b'{"Value"', b"{" + member + b', "Value"'))


def changed(old, new, body):
    assert old in body
    return sent(body.replace(old, new))


def wrapped(before, after, body):
    return sent(before + body + after)


BODIES = {
    "gzip": (partial(encoded, "gzip", gzip.compress), RIGHT),
    "deflate": (partial(encoded, "deflate", zlib.compress), RIGHT),
    "said to be gzip": (partial(encoded, "gzip", bytes), ERROR),
    "gzip without a header": (lambda body: sent(gzip.compress(body)), ERROR),
    "three byte order marks": (partial(wrapped, BOM * 3, b""), RIGHT),
    "utf-16": (lambda body: sent(body.decode().encode("utf-16")), RIGHT),
    "utf-32": (lambda body: sent(body.decode().encode("utf-32")), RIGHT),
    "html": (partial(typed, "text/html; charset=iso-8859-1"), RIGHT),
    "picture": (partial(typed, "image/png"), RIGHT),
    "unknown charset": (partial(typed, "application/json; charset=klingon"), RIGHT),
    "part of a document": (lambda body: sent(body[:-40]), ERROR),
    "in a call": (partial(wrapped, b"callback(", b");"), ERROR),
    "after a guard": (partial(wrapped, b")]}',\n", b""), ERROR),
    "two documents": (lambda body: sent(body + body), ERROR),
    "comment": (partial(wrapped, b"/* figures */", b""), ERROR),
    "one comma more": (partial(changed, b"}]", b"},]"), ERROR),
    "document in a text": (lambda body: sent(json.dumps(body.decode()).encode()), ERROR),
    "rows deeper inside": (partial(wrapped, b'{"data": ', b"}"), ERROR),
    "hundred thousand brackets": (partial(beside, b'"x": ' + b"[" * 100_000 + b"]" * 100_000), ERROR),
    "hexadecimal count": (partial(changed, b": 50", b": 0x32"), ERROR),
    "count with a leading zero": (partial(changed, b": 50", b": 050"), ERROR),
    "not a number": (partial(changed, b": 50", b": NaN"), PART),
    "infinity": (partial(changed, b": 50", b": -Infinity"), PART),
    "null": (lambda _: sent(b"null"), ERROR),
    "empty object": (lambda _: sent(b"{}"), ERROR),
    "empty list": (lambda _: sent(b"[]"), NOTHING),
    "rows that are null": (lambda _: sent(b'{"Value": null, "TotalCount": 0}'), NOTHING),
    "announced rows that do not come": (lambda _: sent(b'{"Value": [], "TotalCount": 2}'), ERROR),
    "empty list in another case": (partial(beside, b'"value": []'), RIGHT),
    "empty list behind the rows": (partial(changed, b'"@nextLink": null', b'"value": []'), RIGHT),
    "error inside an error": (partial(beside, b'"error": {"error": {"code": 500}}'), DOUBTFUL),
    "errors inside a member": (partial(beside, b'"meta": {"errors": [{"code": 500}]}'), DOUBTFUL),
    "error in a list": (partial(beside, b'"messages": [{"level": 1}, {"error": "cut"}]'), DOUBTFUL),
    "no success": (partial(beside, b'"success": false'), DOUBTFUL),
    "part of an answer": (partial(beside, b'"isPartial": true'), DOUBTFUL),
    "truncated": (partial(beside, b'"meta": {"is_truncated": true}'), DOUBTFUL),
    "no error at all": (partial(beside, b'"error": null, "errors": [], "hasErrors": false, "success": true'), RIGHT),
    "members of its own": (partial(beside, b'"attributes": {"objectType": "Collection"}, "x": [{"y": null}]'), RIGHT),
    "link that is empty": (partial(changed, b'"@nextLink": null', b'"@nextLink": ""'), RIGHT),
    "link to a script": (partial(changed, b'"@nextLink": null', b'"@nextLink": "javascript:alert(1)"'), UNSETTLED),
    "link with a password": (partial(changed, b'"@nextLink": null', b'"@nextLink": "http://u:p@[::1]/"'), UNSETTLED),
    "total that is huge": (partial(changed, b'"TotalCount": 2', b'"TotalCount": 1e300'), RIGHT),
    "total below zero": (partial(changed, b'"TotalCount": 2', b'"TotalCount": -2'), RIGHT),
    "status 204": (lambda _: web.Response(status=204), ERROR),
    "status 206": (lambda body: web.Response(body=body, status=206), ERROR),
    "compressed blanks": (
        lambda _: encoded("gzip", gzip.compress, b'{"Value": [' + b" " * 50_000_000 + b"]}"), ERROR
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
async def test_odd_body_is_read_right_or_refused(servers, client, say, alice, what):
    made, expected = BODIES[what]
    rows = [of(say, LAMNA, 10, 20), of(say, PROSEWARE, 2, 50)]
    body = json.dumps({"Value": rows, "@nextLink": None, "TotalCount": 2}).encode()
    partner_center = client(await servers(lambda _: made(body)))
    if expected is ERROR:
        with pytest.raises(PartnerCenterError):
            await report(partner_center, alice)
        return
    found = await report(partner_center, alice)
    assert (figures(found), found.gaps) == expected
