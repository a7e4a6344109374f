"""Uses the page of a server as people do, in headless Chromium.

    serving_page.py CHROMIUM PAGE_ADDRESS PICTURE...

At the width of a desk the pictures are dropped, at that of a phone they are chosen, then one is
chosen by the keyboard alone. Fails unless all are answered, on any message of the console, on any
request to elsewhere, and on a page that scrolls sideways.
"""
import base64
import pathlib
import sys

from playwright.sync_api import sync_playwright

DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }));
  }
  return transfer;
}"""


def opened(browser, address, width, found):
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("console", lambda m: found.append(f"console {m.type}: {m.text}"))
    page.on("pageerror", lambda e: found.append(f"error: {e}"))
    page.on(
        "request",
        lambda r: r.url.startswith((address, "blob:", "data:")) or found.append(f"asks for {r.url}"),
    )
    page.goto(address)
    page.locator("#card dd").first.wait_for()
    return page


def answered(page, pictures, found):
    noun = "picture" if pictures == 1 else "pictures"
    page.locator("#status", has_text=f"{pictures} {noun} answered.").wait_for(timeout=30000)
    bars = page.locator("#results li:first-child meter").count()
    if bars != min(5, page.locator("#results li:first-child .name").count()) or not bars:
        found.append(f"{bars} bars")
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide[0] > wide[1]:
        found.append(f"{wide[0]} px of content in {wide[1]} px")


def main(chromium, address, pictures):
    found = []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desk = opened(browser, address, 1280, found)
        files = [
            (pathlib.Path(f).name, base64.b64encode(pathlib.Path(f).read_bytes()).decode())
            for f in pictures
        ]
        desk.dispatch_event("#drop", "drop", {"dataTransfer": desk.evaluate_handle(DROP, files)})
        answered(desk, len(pictures), found)
        if "tfbit request" not in desk.text_content("#command"):
            found.append("no command")

        phone = opened(browser, address, 390, found)
        phone.set_input_files("#files", pictures)
        answered(phone, len(pictures), found)

        keys = opened(browser, address, 1280, found)
        asked = []
        keys.on("filechooser", lambda c: asked.append(c))  # well before: it takes the browser a moment
        keys.wait_for_timeout(500)
        keys.keyboard.press("Tab")
        if keys.evaluate("document.activeElement.id") != "files":
            found.append("the first stop of the keyboard is not the choice of files")
        keys.keyboard.press("Enter")
        for _ in range(300):
            if asked:
                break
            keys.wait_for_timeout(100)
        asked[0].set_files(pictures[:1])
        answered(keys, 1, found)
        browser.close()
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
