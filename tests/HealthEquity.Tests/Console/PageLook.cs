using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace HealthEquity.Tests.ConsoleTests;

/// <summary>Whether a page as it stands can be read by everybody: nothing for axe to find, and nothing wider than the screen.</summary>
internal static class PageLook
{
    // What may differ where only colours or widths do; the others read the same document again.
    private static readonly AxeRunOptions Looks = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] },
    };

    private static readonly (int Width, ColorScheme Scheme, AxeRunOptions? Rules)[] Shapes =
    [
        (1280, ColorScheme.Light, null), (1280, ColorScheme.Dark, Looks), (320, ColorScheme.Light, Looks), (320, ColorScheme.Dark, null),
    ];

    /// <summary>Looks at it in the shape that it has.</summary>
    public static async Task CheckAsync(IPage page, string name, int width, List<string> problems, AxeRunOptions? rules = null)
    {
        await Chromium.KeepPictureAsync(page, name.Replace(' ', '-'));
        var axe = await page.RunAxe(rules);
        problems.AddRange(axe.Violations.Select(v => $"{name}: {v.Id} at {string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))}"));
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
        {
            problems.Add($"{name} is wider than {width}");
        }
    }

    /// <summary>Looks at it wide and narrow, light and dark.</summary>
    public static async Task CheckEveryShapeAsync(IPage page, string name, List<string> problems)
    {
        foreach (var (width, scheme, rules) in Shapes)
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await CheckAsync(page, $"{name} {width} {scheme}", width, problems, rules);
        }
    }
}
