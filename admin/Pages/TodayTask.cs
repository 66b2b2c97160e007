using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.Pages;

/// <summary>Something to do on the home page.</summary>
/// <param name="Number">How many.</param>
/// <param name="One">What it is, if there is one.</param>
/// <param name="Many">What they are, if there are more.</param>
/// <param name="Url">The page that lists them.</param>
/// <param name="IsUrgent">Whether it comes first.</param>
/// <param name="Least">The least role that may do it.</param>
public sealed record TodayTask(int Number, string One, string Many, string Url, bool IsUrgent = false, CuratorRole Least = CuratorRole.Viewer)
{
    /// <summary>What it is.</summary>
    public string What => Number == 1 ? One : Many;
}
