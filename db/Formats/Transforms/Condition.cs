using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>A question about a row that is answered yes or no.</summary>
public abstract class Condition
{
    /// <summary>The answer.</summary>
    public abstract bool Holds(RowContext context);

    /// <summary>The columns that are looked at, with their files.</summary>
    public abstract IEnumerable<(string File, string Column)> Columns(string file);

    /// <summary>True when all of them hold; an empty list always does.</summary>
    public static bool All(IReadOnlyList<Condition> conditions, RowContext context) => conditions.All(c => c.Holds(context));
}

/// <summary>A question about one column: <c>{"column": "type", "is": ["MH"]}</c>.</summary>
public sealed class ColumnCondition(string column, Func<string, bool> test, bool not) : Condition
{
    /// <summary>How long a pattern may search a cell.</summary>
    public static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Holds(RowContext context) => test(context.Row[column]) != not;

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => [(file, column)];

    /// <summary>A pattern as mappings write them: case does not matter.</summary>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    public static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTimeout);
}

/// <summary>How many of the rows in another file must be so.</summary>
public enum Quantifier
{
    /// <summary>At least one.</summary>
    Any,

    /// <summary>At least one, and all of them.</summary>
    Every,

    /// <summary>None.</summary>
    None,
}

/// <summary>A question about the rows of another file: <c>{"any": "services", "where": [...]}</c>.</summary>
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
