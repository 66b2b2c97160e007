using HealthEquity.Tests.Admin.Commands;
using HealthEquity.Tests.Admin.Pages;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Admin.Pages.Imports;
using HealthEquity.Tests.Imports.Mappings;
using HealthEquity.Tests.Store.Publishing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(HealthEquity.Tests.LongestFirst))]

namespace HealthEquity.Tests;

/// <summary>Begins with what takes longest, so that nothing is left running alone at the end. The tests themselves do well in any order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        .. new[]
        {
            typeof(KilledProcessTests), typeof(FloridaLegalAidTests), typeof(EntryBrowserTests), typeof(StateBrowserTests), typeof(CuratorDayTests),
            typeof(CommandLineTests), typeof(ImportBrowserTests), typeof(KeyboardTests), typeof(AccessibilityTests),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !Array.Exists(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
