using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>A condition on a row.</summary>
public abstract class Condition
{
    /// <summary>Evaluates the condition.</summary>
    public abstract bool Holds(RowContext context);

    /// <summary>The columns it reads, with their files.</summary>
    public abstract IEnumerable<(string File, string Column)> Columns(string file);

    /// <summary>True if all conditions hold, or the list is empty.</summary>
    public static bool All(IReadOnlyList<Condition> conditions, RowContext context) => conditions.All(c => c.Holds(context));
}

/// <summary>A condition on one column: <c>{"column": "type", "is": ["MH"]}</c>.</summary>
public sealed class ColumnCondition(string column, Func<string, bool> test, bool not) : Condition
{
    /// <summary>The timeout for matching a pattern in a cell.</summary>
    public static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Holds(RowContext context) => test(context.Row[column]) != not;

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => [(file, column)];

    /// <summary>Creates a case-insensitive pattern from a mapping.</summary>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    public static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTimeout);
}

/// <summary>How many related rows must meet the conditions.</summary>
public enum Quantifier
{
    /// <summary>At least one.</summary>
    Any,

    /// <summary>At least one, and all of them.</summary>
    Every,

    /// <summary>None.</summary>
    None,
}

/// <summary>A condition on related rows in another file: <c>{"any": "services", "where": [...]}</c>.</summary>
public sealed class RelatedCondition(Quantifier quantifier, string other, IReadOnlyList<Condition> where) : Condition
{
    /// <inheritdoc/>
    public override bool Holds(RowContext context)
    {
        var rows = context.Related(other);
        return quantifier switch
        {
            Quantifier.Any => rows.Any(Fits),
            Quantifier.Every => rows.Count > 0 && rows.All(Fits),
            _ => !rows.Any(Fits),
        };

        bool Fits(SourceRow row) => All(where, context.At(row, []));
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => where.SelectMany(c => c.Columns(other));
}
