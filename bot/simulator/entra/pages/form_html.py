"""The simulated sign-in pages as plain HTML: forms that need no scripts. Pure."""

import html
from collections.abc import Iterable

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f2f1;color:#1b1a19}
main{max-width:26rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:.5rem}
button{display:block;width:100%;margin:.5rem 0;padding:.75rem;font:inherit;border:1px solid #605e5c;
border-radius:.25rem;background:#fff;color:inherit;text-align:left}
button.main{background:#0f548c;border-color:#0f548c;color:#fff}
small{color:#484644}
"""


def page(title: str, *parts: str) -> str:
    """Return a whole page; `parts` are HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{text(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{text(title)}</h1>{''.join(parts)}"
        "<p><small>Simulated sign-in. Nothing leaves this machine.</small></p></main></body></html>"
    )


def paragraph(words: str) -> str:
    """Return `words` as a paragraph, escaped."""
    return f"<p>{text(words)}</p>"


def form(action: str, hidden: dict[str, str], buttons: Iterable[tuple[str, str, str]], *, before: str = "") -> str:
    """Return a POST form.

    Buttons are (name, value, label); the first one is the main one.
    """
    fields = "".join(f'<input type="hidden" name="{text(k)}" value="{text(v)}">' for k, v in hidden.items())
    shown = "".join(
        f'<button{" class=main" if not number else ""} name="{text(name)}" value="{text(value)}">{text(label)}</button>'
        for number, (name, value, label) in enumerate(buttons)
    )
    return f'<form method="post" action="{text(action)}">{fields}{before}{shown}</form>'


def text(words: str) -> str:
    """Return `words` escaped for text and for quoted attributes."""
    return html.escape(words, quote=True)
