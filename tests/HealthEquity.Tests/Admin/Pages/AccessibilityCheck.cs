using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Checks a page's accessibility: no axe violations, and nothing wider than the screen.</summary>
internal static class AccessibilityCheck
{
    // A page that is not checked doesn't run it.
    private static readonly string Axe = $"window.loadAxe = () => {{ {new BundledAxeScriptProvider().GetScript()} }};";

    private static readonly string Looks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Admin", "Pages", "looks.js"));

    // With the contrast, only these rules can have other results in other colors or at another width.
    private static readonly string[] Appearance = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

    // All rules are checked in the first. In the others, the rules that depend on colors and layout are.
    private static readonly (int Width, ColorScheme Scheme)[] Shapes =
        [(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (320, ColorScheme.Dark), (320, ColorScheme.Light)];

    // Of all pages of this run. What has the same look has the same contrast.
    private static readonly ConcurrentDictionary<string, bool> Passed = new(StringComparer.Ordinal);

    /// <summary>Gives axe to the pages that a window opens from now on. To send it to an open page takes longer than to load one.</summary>
    public static Task PrepareAsync(IPage page) => page.AddInitScriptAsync(Axe);

    /// <summary>Checks the page at its current width and color scheme.</summary>
    public static async Task CheckAsync(IPage page, string name, int width, List<string> problems, bool allRules = true)
    {
        await Chromium.KeepPictureAsync(page, name.Replace(' ', '-'));
        var seen = await page.EvaluateAsync<Appearances>(Looks);
        problems.AddRange((await ViolationsAsync(page, seen, allRules)).Select(v => $"{name}: {v}"));
        if (seen.Width > width)
        {
            problems.Add($"{name} is wider than {width}");
        }
    }

    /// <summary>Makes the window wide or narrow, light or dark.</summary>
    public static async Task ShapeAsync(IPage page, int width, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
    }

    /// <summary>Checks the page wide and narrow, light and dark.</summary>
    public static async Task CheckEveryShapeAsync(IPage page, string name, List<string> problems)
    {
        foreach (var (width, scheme) in Shapes)
        {
            await ShapeAsync(page, width, scheme);
            await CheckAsync(page, $"{name} {width} {scheme}", width, problems, allRules: (width, scheme) == Shapes[0]);
        }
    }

    /// <summary>
    /// Returns axe's violations. Runs in the page itself, because no page has frames. Contrast takes four fifths of axe's time, and most texts look
    /// like others: one text of each look is checked, on the first page that has it.
    /// </summary>
    private static async Task<string[]> ViolationsAsync(IPage page, Appearances seen, bool allRules)
    {
        int[] unseen = [.. seen.Looks.Index().Where(l => !Passed.ContainsKey(l.Item)).Select(l => l.Index)];
        if (unseen.Length == 0 && !allRules)
        {
            return [];
        }

        if (!seen.HasAxe)
        {
            await page.EvaluateAsync(Axe);
        }

        var atLooks = unseen.Length == 0 ? [] : await RunAsync(page, "looksOf(unseen)", "{ runOnly: rules }", unseen);
        if (atLooks.Length == 0)
        {
            foreach (var index in unseen)
            {
                Passed.TryAdd(seen.Looks[index], true);
            }
        }

        return allRules ? [.. atLooks, .. await RunAsync(page, "document", "{ rules: Object.fromEntries(rules.map(rule => [rule, { enabled: false }])) }", [])] : atLooks;
    }

    private static Task<string[]> RunAsync(IPage page, string context, string options, int[] unseen) => page.EvaluateAsync<string[]>(
        $$"""
        async ({ rules, unseen }) => {
          'axe' in window || loadAxe();
          return (await axe.run({{context}}, { resultTypes: ['violations'], selectors: false, ...{{options}} })).violations
            .map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`);
        }
        """,
        new { rules = Appearance, unseen });

    /// <summary>What looks.js returns.</summary>
    private sealed class Appearances
    {
        /// <summary>The looks of the page.</summary>
        public required string[] Looks { get; init; }

        /// <summary>How wide the page is, in pixels.</summary>
        public required int Width { get; init; }

        /// <summary>Whether axe is there.</summary>
        public required bool HasAxe { get; init; }
    }
}
