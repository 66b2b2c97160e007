using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Checks a page's accessibility: no axe violations, and nothing wider than the screen.</summary>
internal static class AccessibilityCheck
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // With the contrast, only these rules can have other results in other colors or at another width.
    private static readonly string[] Appearance = ["link-in-text-block", "scrollable-region-focusable"];

    private static readonly (int Width, ColorScheme Scheme)[] Shapes =
        [(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (320, ColorScheme.Light), (320, ColorScheme.Dark)];

    /// <summary>All rules (null) for a wide, light page; for the other shapes, the rules that depend on colors and layout.</summary>
    public static string[]? RulesFor(int width, ColorScheme scheme) => (width, scheme) == Shapes[0] ? null : Appearance;

    /// <summary>Checks the page at its current width and color scheme.</summary>
    public static async Task CheckAsync(IPage page, string name, int width, List<string> problems, string[]? rules = null)
    {
        await Chromium.KeepPictureAsync(page, name.Replace(' ', '-'));
        problems.AddRange((await ViolationsAsync(page, rules)).Select(v => $"{name}: {v}"));
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
        {
            problems.Add($"{name} is wider than {width}");
        }
    }

    /// <summary>Checks the page wide and narrow, light and dark.</summary>
    public static async Task CheckEveryShapeAsync(IPage page, string name, List<string> problems)
    {
        foreach (var (width, scheme) in Shapes)
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await CheckAsync(page, $"{name} {width} {scheme}", width, problems, RulesFor(width, scheme));
        }
    }

    /// <summary>
    /// Returns axe's violations of all rules or the given ones, and of contrast. Runs in the page itself, because no page has frames.
    /// Contrast takes four fifths of axe's time, and every cell of a table has the same: one text of each look is checked. Text with the same
    /// color, size and weight on the same backgrounds has the same look.
    /// </summary>
    private static async Task<string[]> ViolationsAsync(IPage page, string[]? rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async rules => {
              const contrast = 'color-contrast', elements = [...document.body.querySelectorAll('*')];
              const behind = element => {
                const layers = [];
                for (let e = element; e; e = e.parentElement) {
                  const { backgroundColor, backgroundImage, opacity } = getComputedStyle(e);
                  layers.push(`${backgroundColor} ${backgroundImage} ${opacity}`);
                }
                return layers.filter((layer, i) => layer !== 'rgba(0, 0, 0, 0) none 1' || i === 0).join();
              };
              const looks = new Map();
              for (const e of elements) {
                const isControl = e.matches('button, input, select, textarea');
                if ((isControl || [...e.childNodes].some(c => c.nodeType === Node.TEXT_NODE && c.data.trim())) && e.checkVisibility()) {
                  const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
                  const isDisabled = !!e.closest(':disabled, [aria-disabled=true]') || !!e.control?.disabled;
                  const look = [color, fontSize, fontWeight, textShadow, isControl, isDisabled, behind(e)].join();
                  looks.has(look) || looks.set(look, e);
                }
              }
              const run = async (context, options) => (await axe.run(context, { resultTypes: ['violations'], ...options })).violations;
              // What is in a shadow root has no place in a list of elements.
              const texts = elements.some(e => e.shadowRoot) ? document : { include: [...looks.values()] };
              return [
                ...await run(document, rules ? { runOnly: rules } : { rules: { [contrast]: { enabled: false } } }),
                ...looks.size ? await run(texts, { runOnly: [contrast] }) : [],
              ].map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`);
            }
            """,
            rules);
    }
}
