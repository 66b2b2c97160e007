using System.Globalization;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Visits everything on a page that the Tab key visits: each can have the focus, and shows it.</summary>
internal static class FocusCheck
{
    private const string Walk =
        """
        () => {
          document.querySelectorAll('details').forEach(d => { d.open = true; });
          const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
            .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && e.getClientRects().length > 0);
          const problems = [];
          for (const e of stops) {
            e.focus();
            const name = e.outerHTML.slice(0, 120);
            if (document.activeElement !== e) { problems.push(`can't be reached: ${name}`); continue; }
            const style = getComputedStyle(e);
            const box = e.getBoundingClientRect();
            if (!e.matches(':focus-visible') || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) { problems.push(`has no outline: ${name}`); }
            if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) { problems.push(`is out of sight: ${name}`); }
            if (e.tabIndex > 0) { problems.push(`is out of order: ${name}`); }
          }
          return [String(stops.length), ...problems];
        }
        """;

    /// <summary>Adds what is wrong with the focus on the page, in a wide window, to the problems.</summary>
    /// <returns>How many elements can have the focus.</returns>
    public static async Task<int> CheckAsync(IPage page, string name, List<string> problems)
    {
        await page.SetViewportSizeAsync(1280, 800);
        // From here on the browser knows that somebody is using keys.
        await page.Keyboard.PressAsync("Tab");
        var found = await page.EvaluateAsync<string[]>(Walk);
        var stops = int.Parse(found[0], CultureInfo.InvariantCulture);
        problems.AddRange(found.Skip(1).Select(p => $"{name} {p}"));
        if (stops <= 2)
        {
            problems.Add($"{name}: nothing was found to go to");
        }

        return stops;
    }
}
