using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Adoptions;

/// <summary>An adoption as a person enters it in one cell of the matrix: the current status with its date, and not the whole history.</summary>
public sealed record AdoptionEdit
{
    /// <summary>Who adopted it.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>The current status, a code of the vocabulary "adoptionStatus".</summary>
    public required string Status { get; init; }

    /// <summary>The date of the current status; null if it is not known.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>What happened on that date.</summary>
    public string? Note { get; init; }

    /// <summary>The latest date for which the source confirms the status.</summary>
    public DateOnly? StatusAsOf { get; init; }

    /// <summary>The codes of the adopted provisions.</summary>
    public IReadOnlyList<string> Provisions { get; init; } = [];

    /// <summary>Differences from the model text.</summary>
    public string? Departures { get; init; }

    /// <summary>The source.</summary>
    public required Source Source { get; init; }

    /// <summary>What a form shows for an adoption.</summary>
    public static AdoptionEdit Of(Adoption adoption)
    {
        var current = adoption.History.LastOrDefault(e => e.Status == adoption.Status);
        return new AdoptionEdit
        {
            Jurisdiction = adoption.Jurisdiction,
            Status = adoption.Status,
            Since = current?.On,
            Note = current?.Note,
            StatusAsOf = adoption.StatusAsOf,
            Provisions = adoption.Provisions,
            Departures = adoption.Departures,
            Source = adoption.Source,
        };
    }

    /// <summary>
    /// The adoption after the edit. A new status with a date is added to the history; another date for the same status corrects its event;
    /// a date that was emptied removes it. All else in the history stays.
    /// </summary>
    /// <param name="current">The adoption before; null for a new one.</param>
    public Adoption Apply(Adoption? current)
    {
        var history = current?.History.ToList() ?? [];
        var at = current?.Status == Status ? history.FindLastIndex(e => e.Status == Status) : -1;
        if (at >= 0)
        {
            history.RemoveAt(at);
        }

        if (Since is { } day)
        {
            var happened = new AdoptionEvent { On = day, Status = Status, Note = Note };
            var before = history.FindLastIndex(e => e.On <= day);
            history.Insert(at >= 0 && at <= history.Count && IsOrdered(history, at, day) ? at : before + 1, happened);
        }

        return new Adoption
        {
            Jurisdiction = Jurisdiction,
            Status = Status,
            StatusAsOf = StatusAsOf,
            History = history,
            Provisions = Provisions,
            Departures = Departures,
            Source = Source,
        };
    }

    /// <summary>A policy action with one adoption exchanged, added or removed.</summary>
    /// <param name="action">The action.</param>
    /// <param name="before">The adoption to replace; null to add one.</param>
    /// <param name="after">The adoption that takes its place; null to remove it.</param>
    /// <returns>The action and the position of the adoption; null if the action has no such adoption any more, because somebody changed it.</returns>
    public static (PolicyAction Action, int At)? Replace(PolicyAction action, Adoption? before, Adoption? after)
    {
        var adoptions = action.Adoptions.ToList();
        var at = before is null ? adoptions.Count : adoptions.FindIndex(a => IsSame(a, before));
        if (at < 0)
        {
            return null;
        }

        if (before is not null)
        {
            adoptions.RemoveAt(at);
        }

        if (after is not null)
        {
            adoptions.Insert(at, after);
        }

        return (action with { Adoptions = adoptions }, at);
    }

    /// <summary>True if two adoptions have the same content.</summary>
    public static bool IsSame(Adoption one, Adoption other) =>
        JsonSerializer.Serialize(one, JsonSerializerOptions.Web) == JsonSerializer.Serialize(other, JsonSerializerOptions.Web);

    private static bool IsOrdered(List<AdoptionEvent> history, int at, DateOnly day) =>
        (at == 0 || history[at - 1].On <= day) && (at == history.Count || day <= history[at].On);
}
