using System.Globalization;

namespace HealthEquity.Api.Site.Policy;

/// <summary>What a page about policy was asked for. Nothing in it is typed by the reader but a day; the rest is chosen from lists.</summary>
public sealed class PolicyQuery
{
    private readonly IQueryCollection _query;

    /// <summary>Reads the address.</summary>
    public PolicyQuery(HttpRequest request)
    {
        _query = request.Query;
        var day = Value("asOf");
        if (day is not null && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asOf))
        {
            AsOf = asOf;
        }

        HasBadDay = day is not null && AsOf is null;
    }

    /// <summary>The day whose state is asked for; null for today.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>True when the day cannot be read.</summary>
    public bool HasBadDay { get; }

    /// <summary>The page number, from 1.</summary>
    public int Page => int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1;

    /// <summary>The direction that a map counts: the chosen one, else protective.</summary>
    public string Direction => Value("direction") ?? "protective";

    /// <summary>A chosen value; null for none.</summary>
    public string? Value(string name) => _query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>True when nothing, or that value, was chosen.</summary>
    public bool Allows(string name, string? value) => Value(name) is not { } chosen || chosen == value;

    /// <summary>True when nothing, or one of those values, was chosen.</summary>
    public bool Allows(string name, IReadOnlyList<string> values) => Value(name) is not { } chosen || values.Contains(chosen, StringComparer.Ordinal);
}
