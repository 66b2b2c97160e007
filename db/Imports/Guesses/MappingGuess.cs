using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Imports.Guesses;

/// <summary>The reason for a guess.</summary>
public enum GuessReason
{
    /// <summary>The heading of the column.</summary>
    Heading,

    /// <summary>The contents of the column.</summary>
    Contents,
}

/// <summary>The guess for one column.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Target">The likely field, one of <see cref="ImportTargets"/>; null if unknown.</param>
/// <param name="Reason">The reason; null if unknown.</param>
/// <param name="Examples">Up to three distinct non-empty cells.</param>
public sealed record ColumnGuess(string Column, string? Target, GuessReason? Reason, IReadOnlyList<string> Examples);

/// <summary>Guesses the field of each column. A person confirms the guess before the import.</summary>
public sealed record MappingGuess
{
    private const int MaxExamples = 3;
    private const int MaxNumbered = 3;

    /// <summary>The likely kind of entry of the rows.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>All columns of the table, in order.</summary>
    public required IReadOnlyList<ColumnGuess> Columns { get; init; }

    /// <summary>The columns that probably identify a row.</summary>
    public required IReadOnlyList<string> Id { get; init; }

    /// <summary>Guesses from headings, or from the contents of columns if headings are unclear.</summary>
    /// <param name="kind">The kind of entry; null to guess it, too.</param>
    /// <param name="sample">The first rows of the table.</param>
    public static MappingGuess Of(EntryKind? kind, TableSample sample)
    {
        // Skip columns without a name or with a duplicate name.
        List<SampleColumn> columns = [.. sample.Columns.Select((name, i) => new SampleColumn(name, sample, i)).Where(c => c.Name.Length > 0).DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];
        var chosen = kind ?? KindOf(columns);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var guesses = new (string? Target, GuessReason? Reason)[columns.Count];
        var persons = Persons(columns);
        // A full match of the heading comes first, then a partial match, then the contents.
        foreach (var certainty in new[] { HeadingMatch.Whole, HeadingMatch.Part })
        {
            foreach (var (index, column) in columns.Index().Where(c => guesses[c.Index].Target is null && !persons.Contains(c.Item.Name)))
            {
                var target = column.HasText
                    ? Candidates(column, certainty).Where(t => MayName(column, t, taken)).Select(t => Free(chosen, t, taken)).FirstOrDefault(t => t is not null && column.MayBe(t))
                    : null;
                if (target is not null)
                {
                    guesses[index] = (target, GuessReason.Heading);
                    taken.Add(target);
                }
            }
        }

        foreach (var (index, column) in columns.Index().Where(c => guesses[c.Index].Target is null && !HeadingWords.IsAside(c.Item.Name) && !SourceMarkers.IsMarker(c.Item.Name)))
        {
            // Use a person's own number only if there is no other.
            if (persons.Contains(column.Name) && (taken.Contains("phones") || taken.Contains("emails")))
            {
                continue;
            }

            if (column.TargetsByContents().Select(t => Free(chosen, t, taken)).FirstOrDefault(t => t is not null) is { } target)
            {
                guesses[index] = (target, GuessReason.Contents);
                taken.Add(target);
            }
        }

        RemoveUnmatched(columns, guesses);
        return new MappingGuess
        {
            Kind = chosen,
            Columns = [.. columns.Select((c, i) => new ColumnGuess(c.Name, guesses[i].Target, guesses[i].Reason, [.. c.Texts.Distinct().Take(MaxExamples)]))],
            Id = [.. columns.Where(c => HeadingWords.IsId(c.Name) && c.IsUnique).Take(1).Select(c => c.Name)],
        };
    }

    /// <summary>The guess as a mapping, to review and save.</summary>
    /// <param name="name">The name of the source: lowercase words with hyphens.</param>
    /// <param name="title">The title of the source.</param>
    public ColumnMapping ToMapping(string name, string title) => new()
    {
        Name = name,
        Title = title,
        Kind = Kind,
        Columns = [.. Columns.Select(c => new MappedColumn(c.Column, c.Target))],
        Id = Id,
    };

    /// <summary>
    /// A mapping that can be used, and the columns that had to be left out for it, with the reason. What needs a person's decision,
    /// such as a day or a second column, is left out of a guess.
    /// </summary>
    /// <param name="name">The source's name, lower-case words and hyphens.</param>
    /// <param name="title">What the source is called.</param>
    /// <exception cref="MappingException">No mapping can be made of the columns: the message says what is missing.</exception>
    public (ColumnMapping Mapping, IReadOnlyList<(string Column, string Reason)> LeftOut) ToUsable(string name, string title)
    {
        var (mapping, left) = (ToMapping(name, title), new List<(string, string)>());
        while (true)
        {
            try
            {
                mapping.ToMapping();
                return (mapping, left);
            }
            catch (MappingException fault) when (mapping.Columns.FirstOrDefault(c => c.Target is not null && fault.Place == $"columns['{c.Column}']") is { } bad)
            {
                left.Add((bad.Column, fault.Problem));
                mapping = mapping with { Columns = [.. mapping.Columns.Select(c => c.Column == bad.Column ? c with { Target = null } : c)] };
            }
        }
    }

    /// <summary>The columns of a person whose name stands in the table too: "MainContactName", "MainContactPhoneNumber".</summary>
    private static HashSet<string> Persons(List<SampleColumn> columns)
    {
        var folded = columns.Select(c => (c.Name, Words: HeadingWords.Fold(c.Name))).ToList();
        string[] groups = [.. folded.Where(c => c.Words.EndsWith(" name", StringComparison.Ordinal) && HeadingWords.IsOfPerson(c.Name))
            .Select(c => c.Words.Replace(" first name", " name", StringComparison.Ordinal).Replace(" last name", " name", StringComparison.Ordinal)[..^4])];
        return [.. folded.Where(c => groups.Any(g => c.Words.StartsWith(g, StringComparison.Ordinal))).Select(c => c.Name)];
    }

    /// <summary>False where a column would become part of a title that is none: one column gives the name, and no person's does.</summary>
    private static bool MayName(SampleColumn column, string target, HashSet<string> taken) => target switch
    {
        "name" => !HeadingWords.IsOfPerson(column.Name) && (!taken.Contains("name") || HeadingWords.Fold(column.Name).EndsWith('2')),
        "firstName" or "lastName" => !HeadingWords.IsOfPerson(column.Name),
        "summary" => !taken.Contains(target),
        _ => true,
    };

    private static IEnumerable<string> Candidates(SampleColumn column, HeadingMatch match)
    {
        // "Spanish: yes": the heading is a question.
        if (column.IsYesOrNo)
        {
            return HeadingWords.Questions(column.Name, match);
        }

        return HeadingWords.Targets(column.Name, match);
    }

    /// <summary>The field if it is still free, or the next free one of a numbered field; null if there is none.</summary>
    private static string? Free(EntryKind kind, string code, HashSet<string> taken)
    {
        var isNumbered = code.Contains(".1.", StringComparison.Ordinal);
        var codes = isNumbered ? Enumerable.Range(1, MaxNumbered).Select(n => code.Replace(".1.", string.Create(CultureInfo.InvariantCulture, $".{n}."), StringComparison.Ordinal)) : [code];
        return codes.FirstOrDefault(c => ImportTargets.Find(kind, c) is { } target
            && (!taken.Contains(c) || target.Join == TargetJoin.List || (target.Join == TargetJoin.Text && !isNumbered)));
    }

    /// <summary>Removes guesses that need another column: a coordinate without the other, part of a license without its number.</summary>
    private static void RemoveUnmatched(List<SampleColumn> columns, (string? Target, GuessReason? Reason)[] guesses)
    {
        var all = guesses.Select(g => g.Target).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var needs = guesses[i].Target switch
            {
                { } code when code.EndsWith(".latitude", StringComparison.Ordinal) => code.Replace(".latitude", ".longitude", StringComparison.Ordinal),
                { } code when code.EndsWith(".longitude", StringComparison.Ordinal) => code.Replace(".longitude", ".latitude", StringComparison.Ordinal),
                { } code when code.StartsWith("adoptions.", StringComparison.Ordinal) => all.Contains("adoptions.1.level") && all.Contains("adoptions.1.status") ? "adoptions.1.jurisdiction" : "",
                { } code when code.StartsWith("evidence.", StringComparison.Ordinal) => "evidence.1.finding",
                "endTime" => "startsOn",
                { } code when code.StartsWith("licenses.", StringComparison.Ordinal) || code.StartsWith("barAdmissions.", StringComparison.Ordinal) => string.Join('.', code.Split('.')[..2]) + ".number",
                "phones.extension" => "phones",
                "firstName" => "lastName",
                "dojAccreditation.expiresOn" => "dojAccreditation.level",
                "eligibility.immigrationStatus" => "eligibility.immigrationStatusEvidence",
                _ => null,
            };
            if (needs is not null && !all.Contains(needs))
            {
                guesses[i] = (null, null);
            }
        }
    }

    private static EntryKind KindOf(List<SampleColumn> columns)
    {
        if (HeadingWords.KindByHeadings(columns.Select(c => c.Name)) is { } kind)
        {
            return kind;
        }

        var scores = new[] { EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization }.ToDictionary(k => k, k => HeadingWords.KindWords(k, columns.Select(c => c.Name)) + HeadingWords.KindWords(k, columns.SelectMany(c => c.Texts.Take(40)).Where(t => !ServiceWords.IsAuthority(t) && !ServiceWords.IsOnlyOtherCounseling(t))) / 4.0);
        var best = scores.MaxBy(s => s.Value);
        return best.Value > 0 ? best.Key : EntryKind.Organization;
    }
}
