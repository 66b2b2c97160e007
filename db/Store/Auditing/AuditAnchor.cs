using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HealthEquity.Store.Auditing;

/// <summary>A row of the audit log and its hash, to be kept outside the database.</summary>
/// <param name="Number">The row's number; 0 for the start of the log.</param>
/// <param name="Hash">The row's hash, lowercase hex.</param>
public sealed record AuditAnchor(long Number, string Hash)
{
    /// <summary>The start of every log.</summary>
    public static AuditAnchor Start { get; } = new(0, new string('0', 64));

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditAnchor? anchor)
    {
        var parts = text.Trim().Split(':');
        anchor = parts is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new AuditAnchor(row, hash.ToLowerInvariant())
            : null;
        return anchor is not null;
    }

    /// <summary>One word, such as <c>1204:9f86d0…</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");
}
