using System.Collections.Frozen;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>The vocabulary terms of a service and its locations, as HSDS attributes.</summary>
internal static class HsdsAttributes
{
    // These vocabularies describe one phone, license or language, not the service as a whole.
    private static readonly FrozenSet<string> OfParts = new[]
    {
        VocabularyNames.Accessibility, VocabularyNames.Availability, VocabularyNames.BarStanding, VocabularyNames.Consent, VocabularyNames.LanguageService,
        VocabularyNames.LicenseStatus, VocabularyNames.PhoneType, VocabularyNames.TranslationProvenance,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The terms of the service.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Terms(ServiceEntry entry) => EntryTerms.Of(entry).Where(t => !OfParts.Contains(t.Vocabulary));

    /// <summary>The attributes for terms. Terms that are not in the vocabularies are omitted.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="owner">The id of the entity that has them.</param>
    /// <param name="entity">The table of the entity.</param>
    /// <param name="vocabularies">The vocabularies.</param>
    public static IEnumerable<HsdsAttribute> Of(IEnumerable<(string Vocabulary, string Code)> terms, Guid owner, string entity, VocabularySet vocabularies) =>
        from held in terms.Distinct()
        let vocabulary = vocabularies.Find(held.Vocabulary)
        let term = vocabularies.Find(held.Vocabulary, held.Code)
        where vocabulary is not null && term is not null
        select new HsdsAttribute
        {
            Id = HsdsIds.Of(owner, $"attribute/{held.Vocabulary}/{held.Code}"),
            LinkId = owner,
            LinkType = held.Vocabulary,
            LinkEntity = entity,
            TaxonomyTermId = HsdsIds.Term(held.Vocabulary, held.Code),
            Value = held.Code,
            Label = term.Label,
            TaxonomyTerm = HsdsMapping.Term(vocabulary, term),
        };
}
