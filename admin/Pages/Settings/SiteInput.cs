using HealthEquity.Admin.Branding;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>The form with the settings of the public pages.</summary>
public sealed class SiteInput
{
    private const int MaxNameLength = 100;
    private const int MaxOrigins = 20;

    public string DepartmentName { get; set; } = "";

    public string BrandColor { get; set; } = "";

    public string? DefaultNear { get; set; }

    public string ExitAddress { get; set; } = "";

    public Dictionary<string, string?> Notices { get; set; } = [];

    public Dictionary<string, bool> Assistance { get; set; } = [];

    public Dictionary<string, string?> AssistanceNotices { get; set; } = [];

    public string? FrameHosts { get; set; }

    public string? HeightOrigins { get; set; }

    public static SiteInput From(SiteSettings settings) => new()
    {
        DepartmentName = settings.DepartmentName,
        BrandColor = settings.BrandColor,
        DefaultNear = settings.DefaultNear,
        ExitAddress = settings.ExitAddress,
        Notices = SiteSettings.PageLanguages.ToDictionary(l => l, l => settings.Notices.GetValueOrDefault(l)),
        Assistance = SiteSettings.PageLanguages.ToDictionary(l => l, settings.AssistanceLanguages.Contains),
        AssistanceNotices = SiteSettings.PageLanguages.ToDictionary(l => l, l => settings.AssistanceNotices.GetValueOrDefault(l)),
        FrameHosts = string.Join('\n', settings.FrameHosts),
        HeightOrigins = string.Join('\n', settings.HeightOrigins),
    };

    /// <summary>The settings of a form without problems.</summary>
    public SiteSettings ToSettings() => new()
    {
        DepartmentName = DepartmentName.Trim(),
        BrandColor = BrandColor.ToLowerInvariant(),
        DefaultNear = string.IsNullOrWhiteSpace(DefaultNear) ? null : DefaultNear.Trim(),
        ExitAddress = ExitAddress.Trim(),
        Notices = Texts(Notices),
        AssistanceLanguages = [.. SiteSettings.PageLanguages.Where(l => Assistance.GetValueOrDefault(l))],
        AssistanceNotices = Texts(AssistanceNotices),
        FrameHosts = [.. Lines(FrameHosts).Select(l => Origins.Read(l, wildcard: true)!)],
        HeightOrigins = [.. Lines(HeightOrigins).Select(l => Origins.Read(l, wildcard: false)!)],
    };

    /// <summary>Returns the errors by field.</summary>
    public IEnumerable<(string Field, string Message)> Problems()
    {
        if (DepartmentName.Trim().Length is 0 or > MaxNameLength)
        {
            yield return (nameof(DepartmentName), $"Enter the department's name, {MaxNameLength} characters at most.");
        }

        if (!Color.TryParse(BrandColor, out var color))
        {
            yield return (nameof(BrandColor), "Enter a color as # and six digits, such as #0f5f63.");
        }
        else if (color.ContrastWith(Color.White) < Color.ReadableContrast)
        {
            yield return (nameof(BrandColor), FormattableString.Invariant(
                $"White text is hard to read on this color (contrast {color.ContrastWith(Color.White):0.0}:1). Try {color.DarkenedForWhiteText()}."));
        }

        if (!string.IsNullOrWhiteSpace(DefaultNear) && Gazetteer.Shipped.Parse(DefaultNear) is { Place: null } unknown)
        {
            yield return (nameof(DefaultNear), "Unknown place. Enter a ZIP code, or a town and state."
                + (unknown.Nearest is [var nearest, ..] ? $" Did you mean {nearest}?" : ""));
        }

        if (!Uri.TryCreate(ExitAddress.Trim(), UriKind.Absolute, out var exit) || exit.Scheme != Uri.UriSchemeHttps || exit.UserInfo.Length > 0)
        {
            yield return (nameof(ExitAddress), "Enter a complete address that starts with https://.");
        }

        foreach (var problem in TextProblems(nameof(Notices), Notices).Concat(TextProblems(nameof(AssistanceNotices), AssistanceNotices)))
        {
            yield return problem;
        }

        if (OriginProblem(FrameHosts, wildcard: true) is { } hosts)
        {
            yield return (nameof(FrameHosts), hosts);
        }

        if (OriginProblem(HeightOrigins, wildcard: false) is { } origins)
        {
            yield return (nameof(HeightOrigins), origins);
        }
    }

    private static IEnumerable<(string Field, string Message)> TextProblems(string field, Dictionary<string, string?> texts) => SiteSettings.PageLanguages
        .Where(l => texts.GetValueOrDefault(l)?.Trim().Length > SiteSettings.MaxNoticeLength)
        .Select(l => ($"{field}[{l}]", $"Use {SiteSettings.MaxNoticeLength} characters at most."));

    private static string? OriginProblem(string? text, bool wildcard)
    {
        var lines = Lines(text);
        return lines.Length > MaxOrigins ? $"Enter {MaxOrigins} sites at most."
            : lines.FirstOrDefault(l => Origins.Read(l, wildcard) is null) is { } wrong
                ? $"“{wrong}” is not the address of a site. Enter one in each line, such as https://www.example.gov{(wildcard ? " or https://*.example.gov" : "")}, without a path."
            : null;
    }

    private static string[] Lines(string? text) =>
        [.. (text ?? "").Split([' ', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static Dictionary<string, string> Texts(Dictionary<string, string?> texts) => SiteSettings.PageLanguages
        .Where(l => !string.IsNullOrWhiteSpace(texts.GetValueOrDefault(l)))
        .ToDictionary(l => l, l => texts[l]!.Trim());
}
