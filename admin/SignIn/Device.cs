namespace HealthEquity.Admin.SignIn;

/// <summary>Describes a browser without identifying it, such as "Firefox on Windows".</summary>
internal static class Device
{
    // The order matters: most browsers also claim to be the ones below them.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Describe(string? userAgent) => $"{Find(Browsers, userAgent, "Unknown browser")} on {Find(Systems, userAgent, "unknown system")}";

    private static string Find((string Mark, string Name)[] known, string? userAgent, string otherwise) =>
        Array.Find(known, k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name ?? otherwise;
}
