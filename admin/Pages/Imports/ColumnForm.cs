using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Guesses;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>A column of the file: the suggested and the chosen field.</summary>
/// <param name="Guess">The suggestion with examples.</param>
/// <param name="Target">The code of the chosen field; empty for none.</param>
/// <param name="IsId">Whether the column identifies a row.</param>
public sealed record FormColumn(ColumnGuess Guess, string Target, bool IsId)
{
    /// <summary>The reason for the suggestion; null if another field was chosen.</summary>
    public string? Why => Target.Length == 0 || Target != Guess.Target ? null : Guess.Reason switch
    {
        GuessReason.Heading => "Suggested by the column name",
        GuessReason.Contents => "Suggested by the values",
        _ => null,
    };
}

/// <summary>The form that assigns columns to fields. Created from a guess, a saved mapping, or posted values.</summary>
public sealed class ColumnForm
{
    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source's title.</summary>
    public required string Title { get; init; }

    /// <summary>The source's web address.</summary>
    public string Url { get; init; } = "";

    /// <summary>The retrieval date.</summary>
    public string RetrievedOn { get; init; } = "";

    /// <summary>The kind of entry.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The state for all rows; empty if the file has a state column.</summary>
    public string State { get; init; } = "";

    /// <summary>The name of the saved mapping that the form started from.</summary>
    public string From { get; init; } = "";

    /// <summary>Whether to replace a saved mapping with the same name.</summary>
    public bool Replace { get; init; }

    /// <summary>The columns in file order.</summary>
    public required IReadOnlyList<FormColumn> Columns { get; init; }

    /// <summary>Creates the form from a guess or a saved mapping.</summary>
    public static ColumnForm Of(RecognizedSource source, EntryKind? kind, SavedMapping? saved, string title, DateOnly today)
    {
        var guess = MappingGuess.Of(kind ?? saved?.Columns?.Kind, source.Sample);
        var chosen = saved?.Columns;
        var targets = chosen?.Columns.ToDictionary(c => c.Column, c => c.Target, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> ids = chosen?.Id ?? guess.Id;
        return new ColumnForm
        {
            Name = chosen?.Name ?? SourceName(title),
            Title = chosen?.Title ?? title,
            Url = chosen?.Url ?? "",
            RetrievedOn = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Kind = guess.Kind,
            State = chosen?.State ?? "",
            From = saved?.Name ?? "",
            Columns =
            [
                .. guess.Columns.Select(c => new FormColumn(
                    c,
                    (targets is null ? c.Target : targets.GetValueOrDefault(c.Column)) is { } target && ImportTargets.Find(guess.Kind, target) is not null ? target : "",
                    ids.Contains(c.Column, StringComparer.OrdinalIgnoreCase))),
            ],
        };
    }

    /// <summary>Creates the form from posted values. Columns are identified by number, because their names come from the file.</summary>
    public static ColumnForm Of(RecognizedSource source, IFormCollection form)
    {
        EntryKind? kind = EntryKinds.TryParse(Text(form, "kind"), out var sent) && ImportTargets.Kinds.Contains(sent) ? sent : null;
        var guess = MappingGuess.Of(kind, source.Sample);
        return new ColumnForm
        {
            Name = Text(form, "name"),
            Title = Text(form, "title"),
            Url = Text(form, "url"),
            RetrievedOn = Text(form, "retrievedOn"),
            Kind = guess.Kind,
            State = Text(form, "state"),
            From = Text(form, "from"),
            Replace = Text(form, "replace").StartsWith("true", StringComparison.Ordinal),
            Columns = [.. guess.Columns.Select((c, i) => new FormColumn(c, Text(form, TargetName(i)), form[IdName(i)].Contains("true")))],
        };
    }

    /// <summary>Converts the form to a mapping and reports invalid fields.</summary>
    public ColumnMapping ToMapping(Action<string, string> addError)
    {
        DateOnly? day = null;
        if (RetrievedOn.Length > 0)
        {
            if (DateOnly.TryParseExact(RetrievedOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
            {
                day = read;
            }
            else
            {
                addError("retrievedOn", "Enter a date, such as 2026-03-31, or leave it empty.");
            }
        }

        if (Title.Length == 0)
        {
            addError("title", "Enter a source title. It is shown in each entry's sources.");
        }

        if (Url.Length > 0 && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            addError("url", "Enter an address that starts with https://, or leave it empty.");
        }

        if (State.Length > 0 && States.Parse(State) is null)
        {
            addError("state", "Choose a state from the list.");
        }

        return new ColumnMapping
        {
            Name = Name,
            Title = Title,
            Url = Url.Length == 0 ? null : Url,
            RetrievedOn = day,
            Kind = Kind,
            State = State.Length == 0 ? null : State,
            Columns = [.. Columns.Select(c => new MappedColumn(c.Guess.Column, c.Target.Length == 0 ? null : c.Target))],
            Id = [.. Columns.Where(c => c.IsId).Select(c => c.Guess.Column)],
        };
    }

    /// <summary>Returns the form field for a location in a mapping; empty for the whole form.</summary>
    public string FieldOf(string place)
    {
        if (place.StartsWith("columns['", StringComparison.Ordinal) && place.EndsWith("']", StringComparison.Ordinal))
        {
            var index = Columns.Select(c => c.Guess.Column).ToList().IndexOf(place["columns['".Length..^2]);
            return index >= 0 ? TargetName(index) : "";
        }

        return place switch
        {
            "name" or "kind" or "state" => place,
            _ when place.StartsWith("source.name", StringComparison.Ordinal) => "title",
            _ when place.StartsWith("source.url", StringComparison.Ordinal) => "url",
            _ when place.StartsWith("source.retrievedOn", StringComparison.Ordinal) => "retrievedOn",
            _ => "",
        };
    }

    public static string TargetName(int index) => string.Create(CultureInfo.InvariantCulture, $"target-{index}");

    public static string IdName(int index) => string.Create(CultureInfo.InvariantCulture, $"id-{index}");

    private static string SourceName(string title) => Slug.From(title) is { Length: > 0 } name ? name[..Math.Min(name.Length, 60)].Trim('-') : "source";

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
