"""Opens a page in headless Chromium at the width of a desk and of a phone.

    report_page.py CHROMIUM PAGE...

Fails on any message of the console, on any request, on a picture that does not show, and on a page
that scrolls sideways.
"""
import pathlib
import sys

from playwright.sync_api import sync_playwright

WIDTHS = (1280, 390)


def problems(browser, page_file, width):
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    found = []
    address = pathlib.Path(page_file).resolve().as_uri()
    page.on("console", lambda m: found.append(f"console {m.type}: {m.text}"))
    page.on("pageerror", lambda e: found.append(f"error: {e}"))
    page.on("dialog", lambda d: (found.append(f"dialog: {d.message}"), d.dismiss()))
    page.on(
        "request",
        lambda r: r.url.startswith("data:") or r.url == address or found.append(f"asks for {r.url}"),
    )
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide[0] > wide[1]:
        found.append(f"{wide[0]} px of content in {wide[1]} px")
    dark = page.evaluate("[...document.images].filter(i => !i.naturalWidth).length")
    if dark or not page.evaluate("document.images.length"):
        found.append(f"{dark} pictures do not show, or there is none")
    if page.evaluate("document.scripts.length"):
        found.append("a script")
    context.close()
    return [f"{page_file} at {width} px: {f}" for f in found]


def main(chromium, *pages):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = [p for page in pages for width in WIDTHS for p in problems(browser, page, width)]
        browser.close()
    if found:
        sys.exit("\n".join(found))


main(*sys.argv[1:])
