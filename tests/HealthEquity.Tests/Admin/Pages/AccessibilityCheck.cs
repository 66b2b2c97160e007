using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Checks a page's accessibility: no axe violations, and nothing wider than the screen.</summary>
internal static class AccessibilityCheck
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Only these rules can have other results in other colors or at another width.
    private static readonly string[] Appearance = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

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

    /// <summary>Returns axe's violations for all rules or the given ones. Runs in the page itself, because no page has frames.</summary>
    private static async Task<string[]> ViolationsAsync(IPage page, string[]? rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async rules => (await axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) })).violations
              .map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`)
            """,
            rules);
    }
}
