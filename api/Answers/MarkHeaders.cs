using System.Globalization;
using HealthEquity.Directory.Publication;

namespace HealthEquity.Api.Answers;

/// <summary>The headers that say which state of the directory an answer speaks for.</summary>
public static class MarkHeaders
{
    /// <summary>The number of the last change.</summary>
    public const string Sequence = "Directory-Sequence";

    /// <summary>The epoch that the number belongs to.</summary>
    public const string Epoch = "Directory-Epoch";

    /// <summary>Sets both.</summary>
    public static void Set(IHeaderDictionary headers, ChangeMark mark)
    {
        headers[Sequence] = mark.Sequence.ToString(CultureInfo.InvariantCulture);
        headers[Epoch] = mark.Epoch.ToString("D");
    }
}
