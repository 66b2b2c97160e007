using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>A condition on a row.</summary>
public abstract class Condition
{
    /// <summary>Evaluates the condition. Reports an error if that is impossible; then it does not hold.</summary>
    public abstract bool Holds(RowContext context);

    /// <summary>The columns it reads, with their files.</summary>
    public abstract IEnumerable<(string File, string Column)> Columns(string file);

    /// <summary>True if all conditions hold, or the list is empty.</summary>
    public static bool All(IReadOnlyList<Condition> conditions, RowContext context) => conditions.All(c => c.Holds(context));
}

/// <summary>A condition on one column: <c>{"column": "type", "is": ["MH"]}</c>.</summary>
public sealed class ColumnCondition(string column, Func<string, bool> test, bool not) : Condition
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Only a pattern that is wrong takes this long, however busy the machine is.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override bool Holds(RowContext context)
    {
        try
        {
            return test(context.Row[column]) != not;
        }
        catch (RegexMatchTimeoutException fault)
        {
            context.Report(column, context.Row[column], TookTooLong(fault));
            return false;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => [(file, column)];

    /// <summary>
    /// Creates a case-insensitive pattern from a mapping. Its time grows with the text and nothing else, unless it looks around or back.
    /// </summary>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    public static Regex Pattern(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, PatternTimeout);
        }
    }

    /// <summary>The error in a cell for which a pattern took too long.</summary>
    internal static CellException TookTooLong(RegexMatchTimeoutException fault) =>
        new($"Comparing the text with the mapping's pattern '{fault.Pattern}' took too long.", "Simplify the pattern in the mapping, then import the row again.");
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
