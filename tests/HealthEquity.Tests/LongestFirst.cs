using HealthEquity.Tests.Admin.Pages;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Admin.Pages.Imports;
using HealthEquity.Tests.Admin.SignIn;
using HealthEquity.Tests.Api.Site;
using HealthEquity.Tests.Api.Site.Print;
using HealthEquity.Tests.Imports.Mappings;
using HealthEquity.Tests.Search.Index;
using HealthEquity.Tests.Store.Databases;
using HealthEquity.Tests.Store.Publishing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(HealthEquity.Tests.LongestFirst))]

namespace HealthEquity.Tests;

/// <summary>Runs the slowest classes first, the slowest of all at the start, so that none runs alone at the end. No test depends on the order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Slowest =
    [
        .. new[]
        {
            typeof(EntryBrowserTests), typeof(KilledProcessTests), typeof(PaperTests), typeof(StateBrowserTests), typeof(ImportBrowserTests), typeof(CuratorDayTests),
            typeof(FloridaLegalAidTests), typeof(AccessibilityTests), typeof(SiteBrowserTests),
            typeof(ColumnLengthTests), typeof(NaiveComparisonTests), typeof(UnsentFormTests), typeof(ImportPagesTests), typeof(RoleTests), typeof(UntouchedFormTests),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Slowest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) switch
        {
            -1 => int.MaxValue,
            var place => place,
        })];
}
