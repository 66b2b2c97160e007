using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Checks a page's accessibility: no axe violations, and nothing wider than the screen.</summary>
internal static class AccessibilityCheck
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string Looks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Admin", "Pages", "looks.js"));

    // With the contrast, only these rules can have other results in other colors or at another width.
    private static readonly string[] Appearance = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

    private static readonly (int Width, ColorScheme Scheme)[] Shapes =
        [(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (320, ColorScheme.Light), (320, ColorScheme.Dark)];

    // Of all pages of this run. What has the same look has the same contrast.
    private static readonly ConcurrentDictionary<string, bool> Passed = new(StringComparer.Ordinal);

    /// <summary>Whether all rules are checked: in a wide, light window. In the others, the rules that depend on colors and layout are.</summary>
    public static bool HasAllRules(int width, ColorScheme scheme) => (width, scheme) == Shapes[0];

    /// <summary>Checks the page at its current width and color scheme.</summary>
    public static async Task CheckAsync(IPage page, string name, int width, List<string> problems, bool allRules = true)
    {
        await Chromium.KeepPictureAsync(page, name.Replace(' ', '-'));
        problems.AddRange((await ViolationsAsync(page, allRules)).Select(v => $"{name}: {v}"));
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
            await CheckAsync(page, $"{name} {width} {scheme}", width, problems, HasAllRules(width, scheme));
        }
    }

    /// <summary>
    /// Returns axe's violations. Runs in the page itself, because no page has frames. Contrast takes four fifths of axe's time, and most texts look
    /// like others: one text of each look is checked, on the first page that has it.
    /// </summary>
    private static async Task<string[]> ViolationsAsync(IPage page, bool allRules)
    {
        var looks = await page.EvaluateAsync<string[]>(Looks);
        int[] unseen = [.. looks.Index().Where(l => !Passed.ContainsKey(l.Item)).Select(l => l.Index)];
        if (unseen.Length == 0 && !allRules)
        {
            return [];
        }

        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }

        var atLooks = unseen.Length == 0 ? [] : await RunAsync(page, "looksOf(unseen)", "{ runOnly: rules }", unseen);
        if (atLooks.Length == 0)
        {
            foreach (var index in unseen)
            {
                Passed.TryAdd(looks[index], true);
            }
        }

        return allRules ? [.. atLooks, .. await RunAsync(page, "document", "{ rules: Object.fromEntries(rules.map(rule => [rule, { enabled: false }])) }", [])] : atLooks;
    }

    private static Task<string[]> RunAsync(IPage page, string context, string options, int[] unseen) => page.EvaluateAsync<string[]>(
        $$"""
        async ({ rules, unseen }) => (await axe.run({{context}}, { resultTypes: ['violations'], ...{{options}} })).violations
          .map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`)
        """,
        new { rules = Appearance, unseen });
}
