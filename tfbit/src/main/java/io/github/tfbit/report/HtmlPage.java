package io.github.tfbit.report;

/**
 * One HTML file that needs nothing beside it: no net, no script, and a policy in it that keeps the
 * browser from either.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --right: #2c7a3f; --wrong: #b3261e; --line: #8885;
        --soft: #8882; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto;
        padding: 1rem; overflow-wrap: anywhere; }
      h1 { font-size: 1.5rem; line-height: 1.25; }
      h2 { font-size: 1.15rem; margin-top: 2rem; }
      table { border-collapse: collapse; width: 100%; font-size: .9rem; }
      th, td { padding: .3rem .4rem; text-align: right; border-bottom: 1px solid var(--line); }
      th:first-child, td:first-child { text-align: left; }
      pre { white-space: pre-wrap; padding: .75rem; background: var(--soft); border-radius: 6px;
        font-size: .8rem; }
      figure { margin: 0; font-size: .8rem; line-height: 1.3; }
      @media (max-width: 34rem) { h1 { font-size: 1.25rem; } }
      @media (prefers-color-scheme: dark) { :root { --right: #7ccf8e; --wrong: #ff9e95; } }
      """;

  private HtmlPage() {}

  /**
   * Puts a page together.
   *
   * @param title plain text
   * @param style more rules, trusted
   * @param body HTML, in which everything is escaped that has to be
   * @return the file's text
   */
  public static String of(String title, String style, String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
        style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <style>
        %s%s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(HtmlText.escape(title), STYLE, style, body);
  }
}
