using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Turns a search in an address into a filter for the database.</summary>
public sealed class SearchFilters(EditorialDirectory directory, DirectoryRules rules, Department department)
{
    /// <summary>The filter, and whether the search index is ready.</summary>
    /// <param name="session">A session.</param>
    /// <param name="search">The search.</param>
    /// <param name="me">The curator who searches.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<(EntryFilter Filter, bool IsIndexed)> ReadAsync(DbSession session, EntrySearch search, Guid me, CancellationToken cancellation)
    {
        var filter = search.Filter(me, await rules.VocabulariesAsync(cancellation));
        if (search.Reviewable)
        {
            var review = WorkQueue.ReviewableBy(me, await department.SettingsAsync(cancellation));
            filter = filter with { ReviewableBy = review.ReviewableBy, Draft = review.Draft ?? filter.Draft };
        }

        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return (filter, true);
        }

        var found = await directory.FindAsync(session, filter.Text, filter.Kind, cancellation);
        return found is null ? (filter, false) : (filter with { Among = found, Kind = null }, true);
    }
}
