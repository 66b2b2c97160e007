using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Imports.Guesses;

/// <summary>Why a field was guessed.</summary>
public enum GuessReason
{
    /// <summary>The column's heading says so.</summary>
    Heading,

    /// <summary>What stands in the column says so.</summary>
    Contents,
}

/// <summary>What is guessed of one column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Target">The field that it probably feeds, one of <see cref="ImportTargets"/>; null when nothing is guessed.</param>
/// <param name="Reason">Why; null when nothing is guessed.</param>
/// <param name="Examples">Up to three different cells of it that are not empty.</param>
public sealed record ColumnGuess(string Column, string? Target, GuessReason? Reason, IReadOnlyList<string> Examples);

/// <summary>Which column probably feeds which field. A person confirms it before anything is imported.</summary>
public sealed record MappingGuess
{
    private const int MostExamples = 3;
    private const int MostNumbers = 3;

    /// <summary>The kind of entry that the rows probably are.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Every column of the table, in its order.</summary>
    public required IReadOnlyList<ColumnGuess> Columns { get; init; }

    /// <summary>The columns that probably identify a row; none when no column does.</summary>
    public required IReadOnlyList<string> Id { get; init; }

    /// <summary>Guesses from headings and, where they say nothing, from what stands in the columns.</summary>
    /// <param name="kind">The kind of entry, when it is known; null to guess it too.</param>
    /// <param name="sample">The table's beginning.</param>
    public static MappingGuess Of(EntryKind? kind, TableSample sample)
    {
        // A column without a name, or with that of another, can't be spoken of.
        List<SampleColumn> columns = [.. sample.Columns.Select((name, i) => new SampleColumn(name, sample, i)).Where(c => c.Name.Length > 0).DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];
        var chosen = kind ?? KindOf(columns);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var guesses = new (string? Target, GuessReason? Reason)[columns.Count];
        var persons = Persons(columns);
        // What a heading says plainly comes before what it only hints at, and that before what contents say.
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
            // A person's own number is taken where there is no other.
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

        Agree(columns, guesses);
        return new MappingGuess
        {
            Kind = chosen,
            Columns = [.. columns.Select((c, i) => new ColumnGuess(c.Name, guesses[i].Target, guesses[i].Reason, [.. c.Texts.Distinct().Take(MostExamples)]))],
            Id = [.. columns.Where(c => HeadingWords.IsId(c.Name) && c.IsUnique).Take(1).Select(c => c.Name)],
        };
    }

    /// <summary>The guess as a mapping, to be looked at and saved.</summary>
    /// <param name="name">The source's name, lower-case words and hyphens.</param>
    /// <param name="title">What the source is called.</param>
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
        // "Spanish: yes" is a question that the heading asks.
        if (column.IsYesOrNo)
        {
            return HeadingWords.Questions(column.Name, match);
        }

        return HeadingWords.Targets(column.Name, match);
    }

    /// <summary>The target where a column may still feed it; of a numbered one the next that is free; null when none is.</summary>
    private static string? Free(EntryKind kind, string code, HashSet<string> taken)
    {
        var isNumbered = code.Contains(".1.", StringComparison.Ordinal);
        var codes = isNumbered ? Enumerable.Range(1, MostNumbers).Select(n => code.Replace(".1.", string.Create(CultureInfo.InvariantCulture, $".{n}."), StringComparison.Ordinal)) : [code];
        return codes.FirstOrDefault(c => ImportTargets.Find(kind, c) is { } target
            && (!taken.Contains(c) || target.Join == TargetJoin.List || (target.Join == TargetJoin.Text && !isNumbered)));
    }

    /// <summary>Takes back what can't stand by itself: a coordinate without the other, a part of a license without its number.</summary>
    private static void Agree(List<SampleColumn> columns, (string? Target, GuessReason? Reason)[] guesses)
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
        if (HeadingWords.KindByHeadings(columns.Select(c => c.Name)) is { } told)
        {
            return told;
        }

        var scores = new[] { EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization }.ToDictionary(k => k, k => HeadingWords.KindWords(k, columns.Select(c => c.Name)) + HeadingWords.KindWords(k, columns.SelectMany(c => c.Texts.Take(40)).Where(t => !ServiceWords.IsAuthority(t) && !ServiceWords.IsOnlyOtherCounseling(t))) / 4.0);
        var best = scores.MaxBy(s => s.Value);
        return best.Value > 0 ? best.Key : EntryKind.Organization;
    }
}
