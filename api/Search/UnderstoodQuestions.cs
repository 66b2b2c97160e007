using System.Globalization;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;
using HealthEquity.Search.Questions;

namespace HealthEquity.Api.Search;

/// <summary>Describes in the reader's language how a question was interpreted.</summary>
public sealed class UnderstoodQuestions(DirectoryVocabularies vocabularies, Messages messages)
{
    /// <summary>Describes how the question was interpreted.</summary>
    /// <param name="question">The question.</param>
    /// <param name="set">The parameters of the list.</param>
    /// <param name="choice">The reader's languages.</param>
    public Understood Of(ReadQuestion question, ParameterSet set, LanguageChoice choice)
    {
        var (kinds, needs, languages, cost) = (new List<UnderstoodItem>(), new List<UnderstoodItem>(), new List<UnderstoodItem>(), new List<UnderstoodItem>());
        var known = new HashSet<Meaning>();
        foreach (var part in question.Parts)
        {
            foreach (var meaning in part.Meanings.Where(m => m.Axis != Meaning.Place && known.Add(m)))
            {
                var items = meaning.Axis switch
                {
                    "kind" or "providerType" or "attorneyType" => kinds,
                    "language" => languages,
                    "cost" => cost,
                    _ => needs,
                };
                items.Add(Item(meaning, part.Text, set, choice));
            }
        }

        return new Understood
        {
            Kinds = kinds,
            Needs = needs,
            Place = question.Place is { } place ? PlaceOf(place, question.Text) : null,
            Languages = languages,
            Cost = cost,
            Words = [.. question.Words.Select(w => w.Text)],
        };
    }

    private static UnderstoodPlace PlaceOf(PlaceMatch place, string text) => new()
    {
        Label = place.Place.Label,
        Text = text.Substring(place.Start, place.Length),
        Value = ValueOf(place.Place),
        Alternatives = [.. place.Alternatives.Take(5).Select(ValueOf)],
    };

    private static string ValueOf(Place place) => place.Kind switch
    {
        PlaceKind.Zip => place.Name,
        PlaceKind.Point => string.Create(CultureInfo.InvariantCulture, $"{place.Latitude},{place.Longitude}"),
        _ => place.Label,
    };

    private UnderstoodItem Item(Meaning meaning, string text, ParameterSet set, LanguageChoice choice)
    {
        var field = MeaningFields.Of(meaning, out var value);
        return new UnderstoodItem
        {
            Code = meaning.ToString(),
            Label = Label(meaning, field, value, text, choice),
            Text = text,
            Parameter = meaning.Axis == "openNow" ? "openNow" : field is null ? null : set.Filter(field)?.Name,
            Value = field is null && meaning.Axis != "openNow" ? null : value,
        };
    }

    private string Label(Meaning meaning, SearchField? field, string value, string text, LanguageChoice choice)
    {
        if (meaning.Axis == "language")
        {
            return FacetLabels.LanguageName(value) is var name && name != value ? name : text;
        }

        if (meaning.Axis == "kind")
        {
            return messages.Of("kind." + meaning.Code, choice).Text;
        }

        if (meaning.Axis == "situation")
        {
            // Falls back to the reader's own words.
            return messages.Find("situation." + meaning.Code, choice) ?? text;
        }

        return field?.Vocabulary is { } vocabulary && field.IsAnswer == false && vocabularies.Current.Find(vocabulary, value) is { } term
            ? TermLabels.Of(term, choice).Label
            : text;
    }
}
