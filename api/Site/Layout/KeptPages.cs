using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Site.Layout;

/// <summary>
/// Keeps rendered pages of searches for a moment, so that a story in the news costs one search. What was asked is known only as a hash under
/// a key that exists in this process alone.
/// </summary>
public sealed class KeptPages(AnswerCache cache)
{
    private readonly KeyedHash _hash = new();

    /// <summary>The key of a page. What a site wants its embed to show stands in the address.</summary>
    /// <param name="request">The request.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="asked">What was asked.</param>
    public UInt128 KeyOf(HttpRequest request, string language, string asked) => _hash.Of(
        request.Path.StartsWithSegments(Embedding.Path) ? $"{request.QueryString}\n{language}\n{asked}" : $"{language}\n{asked}");

    /// <summary>The page for a key, if it is of this generation of the directory and not a minute old.</summary>
    public Answer? Find(UInt128 key, long generation) => cache.Find(key, generation);

    /// <summary>Keeps a page.</summary>
    public void Keep(UInt128 key, Answer page) => cache.Keep(key, page);
}
