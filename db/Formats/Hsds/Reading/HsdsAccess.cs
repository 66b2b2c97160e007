using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Reads the cost and the eligibility of a service.</summary>
internal static partial class HsdsAccess
{
    private const int MaxNoteLength = 1_000;

    private const string Insurance = "Insurance: ";
    private const string ImmigrationStatus = "Immigration status: ";

    /// <summary>The cost; null if the source has none.</summary>
    public static Cost? Cost(HsdsThing service, HsdsTerms terms, HsdsReading reading)
    {
        if (reading.IsOurs)
        {
            return OwnCost(service, terms);
        }

        var options = new List<string>(terms[VocabularyNames.Cost]);
        var (fees, notes) = (new List<(decimal? Low, decimal? High)>(), new List<string>());
        foreach (var text in new[] { service["fees_description"], service["fees"] }.Concat(service.List("payments").Select(p => p["payment"])))
        {
            Read(text, options, fees, notes);
        }

        foreach (var option in service.List("cost_options"))
        {
            Read(option["option"], options, fees, notes);
            Read(option["amount_description"], options, fees, notes);
            if (decimal.TryParse(option["amount"], CultureInfo.InvariantCulture, out var amount) && amount > 0)
            {
                (option["currency"] is null or "USD" ? fees : []).Add((amount, null));
                // With several amounts, a minimum and maximum would lose what each is for, so keep them as text.
                if (service.List("cost_options").Count(o => o["amount"] is not null) > 1 || option["currency"] is not (null or "USD"))
                {
                    notes.Add(string.Join(' ', new[] { option["option"], option["amount_description"], option["amount"], option["currency"] }.OfType<string>()));
                }
            }
        }

        var note = HsdsReading.Joined(notes.Select(HsdsReading.Line).Distinct(StringComparer.OrdinalIgnoreCase), "; ", MaxNoteLength);
        var (lowest, highest) = (fees.Min(f => f.Low), fees.Max(f => f.Low));
        return options.Count + fees.Count == 0 && note is null ? null : new Cost
        {
            Options = [.. options.Distinct()],
            FeeMinimum = lowest,
            // Several fees also make a range.
            FeeMaximum = new[] { fees.Max(f => f.High), highest > lowest ? highest : null }.Max(),
            Note = note,
        };
    }

    /// <summary>Reads our own export: payment options are attributes, each insurer is an option, and the description ends with the note.</summary>
    private static Cost? OwnCost(HsdsThing service, HsdsTerms terms)
    {
        var options = service.List("cost_options").Select(o => o["option"]).OfType<string>().ToList();
        var insurers = options.Where(o => o.StartsWith(Insurance, StringComparison.Ordinal)).Select(o => o[Insurance.Length..]).ToList();
        var fee = service.List("cost_options").Select(o => o["amount_description"]).FirstOrDefault(a => a is not null);
        string?[] known = [.. options.Take(options.Count - insurers.Count), insurers.Count == 0 ? null : Insurance + string.Join(", ", insurers), fee];
        var said = HsdsReading.Joined(known, "; ", int.MaxValue) ?? "";
        var note = service["fees_description"];
        note = note is null || note == said ? null : said.Length > 0 && note.StartsWith($"{said}; ", StringComparison.Ordinal) ? note[(said.Length + 2)..] : note;
        var (low, high) = Range().Match(fee ?? "") is { Success: true } range ? Fees(range) : (null, null);
        var ways = terms[VocabularyNames.Cost];
        return ways.Count + insurers.Count == 0 && (fee, note) is (null, null) ? null : new Cost { Options = ways, Insurers = insurers, FeeMinimum = low, FeeMaximum = high, Note = note };
    }

    /// <summary>The eligibility; null if the source has none.</summary>
    public static Eligibility? Eligibility(HsdsThing service, HsdsTerms terms, HsdsReading reading)
    {
        var documents = new List<string>(terms[VocabularyNames.RequiredDocument]);
        var notes = new List<string?>();
        foreach (var document in service.List("required_documents").Select(d => d["document"]).OfType<string>().Where(d => !(reading.IsOurs && terms.Labels.Contains(d))))
        {
            var code = TermNames.Of(VocabularyNames.RequiredDocument)!.Find(document);
            documents.AddRange(code is null ? [] : [code]);
            notes.AddRange(code is null ? [$"Needed: {document}"] : []);
        }

        // Ignore "none" next to a required document; it comes from another list.
        documents = documents.Distinct().ToList() is { Count: > 1 } several ? [.. several.Where(d => d is not ("none" or "unknown"))] : [.. documents.Distinct()];
        var (populations, conditions) = (terms[VocabularyNames.Population], terms[VocabularyNames.Eligibility]);
        var labels = populations.Select(c => VocabularySet.Shipped.Find(VocabularyNames.Population, c)!.Label)
            .Concat(conditions.Select(c => VocabularySet.Shipped.Find(VocabularyNames.Eligibility, c)!.Label)).Concat(reading.IsOurs ? terms.Labels : []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var text in service.List("eligibilities").Select(e => e["eligibility"]).Concat([service["eligibility"], service["eligibility_description"]]))
        {
            // Don't repeat what the terms say.
            var rest = (text ?? "").Split("; ").Where(p => !labels.Contains(p.Trim()) && !(reading.IsOurs && p.StartsWith(ImmigrationStatus, StringComparison.Ordinal)));
            notes.Add(HsdsReading.Joined(rest, "; ", MaxNoteLength));
        }

        var eligibility = new Eligibility
        {
            MinimumAge = reading.ReadNumber(service, "minimum_age", 0, 120),
            MaximumAge = reading.ReadNumber(service, "maximum_age", 0, 120),
            Populations = populations,
            Conditions = conditions,
            DocumentsRequired = documents,
            Note = HsdsReading.Joined(notes.Select(reading.NoteOf).Distinct(), "; ", MaxNoteLength),
        };
        return eligibility is { MinimumAge: null, MaximumAge: null, Populations.Count: 0, Conditions.Count: 0, DocumentsRequired.Count: 0, Note: null } ? null : eligibility;
    }

    /// <summary>Payment options, fees, and the remaining text.</summary>
    private static void Read(string? text, List<string> options, List<(decimal? Low, decimal? High)> fees, List<string> notes)
    {
        if (text is null)
        {
            return;
        }

        var parts = TermNames.Of(VocabularyNames.Cost)!.Find(text) is not null ? [text] : text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (TermNames.Of(VocabularyNames.Cost)!.Find(part) is { } code)
            {
                options.Add(code);
            }
            else if (Range().Match(part) is { Success: true } range)
            {
                fees.Add(Fees(range));
            }
            else
            {
                notes.Add(part);
            }
        }
    }

    /// <summary>The lowest and highest fee. A single fee is both.</summary>
    private static (decimal? Low, decimal? High) Fees(Match range)
    {
        var (low, high) = (Fee(range.Groups["low"]), Fee(range.Groups["high"]));
        return (low, high ?? (range.Groups["from"].Success ? null : low));
    }

    private static decimal? Fee(Group group) => group.Success ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(?:up to (?:USD |\$)(?<high>\d{1,9}(?:\.\d{1,2})?)|(?<from>from )?(?:USD |\$)(?<low>\d{1,9}(?:\.\d{1,2})?)(?:\s*(?:to|-|–)\s*\$?(?<high>\d{1,9}(?:\.\d{1,2})?))?)\z")]
    private static partial Regex Range();
}
