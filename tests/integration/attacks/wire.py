"""Attacks on HTTP itself: two readers of one request would see two requests."""

from tests.integration.attacks.scene import Attack, Scene, Spoil, message

SMUGGLED = b"0\r\n\r\nGET /auth/start?ticket=smuggled HTTP/1.1\r\nHost: bot.example\r\n\r\n"


def replaced(old: bytes, new: bytes) -> Spoil:
    """Replace bytes in the head, once."""

    def spoil(scene: Scene) -> None:
        wire = scene.wire()
        assert old in wire
        scene.raw = wire.replace(old, new, 1)

    return spoil


def line(text: bytes) -> Spoil:
    """Add a line to the head."""
    return replaced(b"\r\n\r\n", b"\r\n" + text + b"\r\n\r\n")


def folded(scene: Scene) -> None:
    """The token is on a second line, which HTTP no longer allows."""
    replaced(b"Authorization: Bearer ", b"Authorization: Bearer\r\n ")(scene)


def smuggled(scene: Scene) -> None:
    """The request has a length and chunks.

    After the last chunk there is another request.
    """
    scene.header("Transfer-Encoding", "chunked")
    scene.header("Content-Length", "4")
    scene.body = SMUGGLED


def pieces(*values: str, body: bytes = SMUGGLED) -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.headers += [("Transfer-Encoding", value) for value in values]
        scene.body = body

    return spoil


def attack(name: str, spoil: Spoil) -> Attack:
    return Attack(f"HTTP: {name}", message, 400, "the request is no HTTP", spoil)


ATTACKS = [
    attack("a length and pieces at once", smuggled),
    attack("two lengths", line(b"Content-Length: 0")),
    attack("two lengths in one line", replaced(b"Content-Length: ", b"Content-Length: 0, ")),
    attack("a length with a sign", replaced(b"Content-Length: ", b"Content-Length: +")),
    attack("pieces under another name", pieces("xchunked")),
    attack("pieces that are not the last coding", pieces("chunked, identity")),
    attack("pieces twice", pieces("chunked", "chunked")),
    attack("a piece whose size is no number", pieces("chunked", body=b"0x5\r\nabcde\r\n0\r\n\r\n")),
    attack("a header on two lines", folded),
    attack("a NUL in a header", line(b"X-Name: a\0b")),
    attack("a NUL behind the token", replaced(b"\r\nContent-Length", b"\0\r\nContent-Length")),
    attack("a carriage return in a header", line(b"X-Name: a\rAuthorization: Bearer x")),
    attack("lines that end too early", replaced(b"\r\n", b"\n")),
    attack("a space before the colon", replaced(b"Authorization:", b"Authorization :")),
    attack("a header without a name", line(b": x")),
    attack("two hosts", line(b"Host: evil.example")),
    attack("no host", replaced(b"Host: bot.example\r\n", b"")),
    attack("a thousand headers", line(b"\r\n".join(b"X-%d: x" % number for number in range(1_000)))),
    attack("a header without end", line(b"X-Name: " + b"x" * 100_000)),
    attack("an address without end", replaced(b"/api/messages", b"/api/messages?x=" + b"x" * 100_000)),
    attack("half a character in the address", replaced(b"/api/messages", b"/api/messages?\xed\xa0\x80")),
    attack("another protocol", replaced(b"HTTP/1.1", b"HTTX/1.1")),
    attack("a way out through the bot", replaced(b"POST /api/messages", b"CONNECT evil.example:99999999")),
]
