using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>The searchable text of an entry, with the weight of each part.</summary>
internal sealed class EntryText(TextAnalyzer analyzer, VocabularySet vocabularies, bool editorial)
{
    private const int Name = 36;
    private const int OtherName = 24;
    private const int Label = 6;
    private const int Summary = 6;
    private const int Place = 6;
    private const int Detail = 2;
    private const int Number = 30;

    /// <summary>True to include editorial content.</summary>
    public bool IsEditorial => editorial;

    /// <summary>The vocabularies whose labels are searchable.</summary>
    public VocabularySet Vocabularies => vocabularies;

    /// <summary>The terms of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="fields">Its fields, as <see cref="FieldValues"/> has them.</param>
    public WeightedTerm[] Read(Entry entry, FieldValues fields)
    {
        analyzer.Add(entry.Name, entry.Language, Name, isName: true);
        foreach (var name in entry.AlternateNames)
        {
            analyzer.Add(name, entry.Language, OtherName, isName: true);
        }

        analyzer.Add(entry.Summary, entry.Language, Summary);
        analyzer.Add(entry.Description, entry.Language, Detail);
        foreach (var translation in entry.Translations)
        {
            analyzer.Add(translation.Name, translation.Language, OtherName, isName: true);
            analyzer.Add(translation.Summary, translation.Language, Summary);
            analyzer.Add(translation.Description, translation.Language, Detail);
            foreach (var text in translation.Texts)
            {
                analyzer.Add(text.Text, translation.Language, Detail);
            }
        }

        AddLabels(entry, fields);
        AddDetails(entry);
        if (editorial)
        {
            AddEditorial(entry);
        }

        return analyzer.Take();
    }

    private void AddLabels(Entry entry, FieldValues fields)
    {
        foreach (var (field, value) in fields)
        {
            if (field == SearchFields.Language)
            {
                if (LanguageNames.Of(value) is { } names)
                {
                    analyzer.AddLabels(names, static n => n.Select(name => ("", name)), Label);
                }
            }
            else if (value != "unknown" && field is { IsAnswer: false, Vocabulary: { } vocabulary })
            {
                AddLabels(vocabularies.Find(vocabulary, value));
                foreach (var merged in vocabularies.MergedInto(vocabulary, value))
                {
                    AddLabels(merged);
                }
            }
        }

        // The kind as a concept in every language: "abogado" finds attorneys whose text does not contain the word.
        var concept = entry.Kind switch
        {
            EntryKind.Attorney => "attorney",
            EntryKind.Provider => "mentalHealth",
            EntryKind.PolicyAction => "policy",
            _ => null,
        };
        if (concept is not null)
        {
            analyzer.AddTerm(Concepts.Mark + concept, Detail);
        }
    }

    private void AddLabels(Term? term)
    {
        if (term is not null)
        {
            analyzer.AddLabels(term, static t => t.Labels.Select(l => (l.Key, l.Value)).Append(("en", t.Label)), Label);
        }
    }

    private void AddDetails(Entry entry)
    {
        switch (entry)
        {
            case ServiceEntry service:
                AddService(service);
                break;
            case PolicyAction action:
                AddAll(action.Steps.Concat(action.Provisions.Select(p => p.Text)).Concat(action.Evidence.Select(e => e.Finding)), entry.Language, Detail);
                AddAll(action.Adoptions.Select(a => a.Jurisdiction.Name), entry.Language, Place);
                AddAll(action.Adoptions.Select(a => States.Find(a.Jurisdiction.State)?.Name), "en", Detail);
                analyzer.Add(action.ModelText?.Text, entry.Language, Detail);
                break;
            case Material material:
                analyzer.Add(material.Publisher, entry.Language, Summary);
                foreach (var edition in material.Editions)
                {
                    analyzer.Add(edition.Title, edition.Language, OtherName, isName: true);
                    analyzer.Add(edition.Text, edition.Language, Detail);
                }

                break;
            case Event @event:
                analyzer.Add(@event.Host, entry.Language, Summary);
                AddPlaces(@event.Location is { } place ? [place] : []);
                break;
        }
    }

    private void AddService(ServiceEntry entry)
    {
        AddPlaces(entry.Locations);
        AddPhones(entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones)));
        AddServiceArea(entry.ServiceArea);
        AddAll(entry.Cost?.Insurers ?? [], "en", Summary);
        AddAll([entry.Cost?.Note, entry.Eligibility?.Note, entry.Hours?.Note, entry.RemoteService?.Note, entry.ServiceArea?.Note], entry.Language, Detail);
        if (entry.RemoteService is { Offered: "yes" })
        {
            analyzer.AddTerm(Concepts.Mark + "remote", Label);
        }

        switch (entry)
        {
            case Provider provider:
                AddNumbers(provider.Licenses.Select(l => l.Number).Append(provider.Npi));
                break;
            case Attorney attorney:
                AddNumbers(attorney.BarAdmissions.Select(b => b.Number));
                AddAll(attorney.DetentionCenters.Append(attorney.RecognizedOrganization), "en", Summary);
                analyzer.Add(attorney.IntakePolicy, entry.Language, Detail);
                break;
        }
    }

    /// <summary>Adds what only curators search for.</summary>
    private void AddEditorial(Entry entry)
    {
        analyzer.Add(entry.InternalNotes, entry.Language, Detail);
        AddNumbers([entry.Slug]);
        AddAll(entry.Sources.Select(s => s.Name), "en", Detail);
        if (entry is ServiceEntry service)
        {
            AddNumbers(service.Emails.Select(e => e.Address).Append(service.Website));
        }

        // License and bar numbers also as one word without spaces, and without the state before the colon.
        AddNumbers(EntryKeys.Of(entry).Where(k => k.Type is EntryKeys.License or EntryKeys.Bar or EntryKeys.Ein).Select(k => k.Value[(k.Value.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }

    private void AddPlaces(IEnumerable<Location> places)
    {
        foreach (var place in places)
        {
            analyzer.Add(place.Name, "en", Place);
            analyzer.Add(place.Address1, "en", Detail);
            if (place.City is { } city)
            {
                analyzer.AddShared(city, Place);
            }

            if (place.County is { } county)
            {
                analyzer.AddShared(county, Place);
            }

            if (place.PostalCode is { Length: >= 5 } zip)
            {
                analyzer.AddTerm(zip[..5], Number);
            }

            AddState(place.StateProvince, Place);
        }
    }

    private void AddServiceArea(ServiceArea? area)
    {
        foreach (var state in area?.States ?? [])
        {
            AddState(state, Place / 2);
        }

        foreach (var county in (area?.Counties ?? []).Where(c => c.Length > 3))
        {
            analyzer.AddShared(county[3..], Place / 2);
            AddState(county[..2], Place / 2);
        }

        foreach (var zip in area?.ZipCodes ?? [])
        {
            analyzer.AddTerm(zip, Place);
        }
    }

    private void AddState(string? code, int weight)
    {
        if (States.Find(code) is { } state)
        {
            analyzer.AddLabels(state, static s => [("", s.Code), ("", s.Name)], weight);
        }
    }

    private void AddPhones(IEnumerable<Phone> phones)
    {
        foreach (var term in phones.SelectMany(p => TextQueryParser.PhoneTerms(p.Number)))
        {
            analyzer.AddTerm(term, Number);
        }
    }

    private void AddNumbers(IEnumerable<string?> numbers) => AddAll(numbers, "", Number);

    private void AddAll(IEnumerable<string?> texts, string language, int weight)
    {
        foreach (var text in texts)
        {
            analyzer.Add(text, language, weight);
        }
    }
}
