using HealthEquity.Db.Entries;
namespace HealthEquity.Db.Vocabularies;
/// <summary>x</summary>
public static class EntryTerms
{
    /// <summary>x</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry) => entry is null ? [] : [];
}
