using System.Collections;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Store.Starter;

public class StarterDirectoryTests
{
    private static readonly IReadOnlyList<StarterEntry> All = [.. StarterDirectory.Read()];

    private static readonly IReadOnlyList<StarterEntry> Samples = [.. All.Where(s => s.Entry.Tags.Contains("sample"))];

    [Fact]
    public void Every_entry_is_valid()
    {
        var validation = new EntryValidation(VocabularySet.Shipped);
        var failures = All.SelectMany(s => validation.Validate(s.Entry).Errors.Select(e => $"{s.Slug}: {e.ErrorMessage}"));
        Assert.True(!failures.Any(), string.Join('\n', failures));
    }

    [Fact]
    public void Slugs_are_readable_and_unique()
    {
        Assert.Distinct(All.Select(s => s.Slug));
        Assert.All(All, s => Assert.Equal(Slug.From(s.Slug), s.Slug));
    }

    [Fact]
    public void Every_entry_has_a_source() => Assert.All(All, s => Assert.NotEmpty(s.Entry.Sources));

    [Fact]
    public void Providers_and_attorneys_are_marked_as_samples()
    {
        Assert.All(All.Where(s => s.Entry is Provider or Attorney), s => Assert.Contains(s, Samples));
        Assert.All(Samples, s =>
        {
            Assert.StartsWith("sample-", s.Slug, StringComparison.Ordinal);
            Assert.StartsWith("Sample: ", s.Entry.Name, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Samples_contain_no_real_contacts() => Assert.All(Samples.SelectMany(s => EntryMembers.Walk(s.Entry)), found =>
    {
        if (found.Value is string text)
        {
            Assert.True(found.Member.Property.DeclaringType != typeof(Phone) || found.Member.Name != "number" || IsFictitious(text), text);
            Assert.True(!text.Contains("://", StringComparison.Ordinal) || new Uri(text).Host.EndsWith("example.org", StringComparison.Ordinal), text);
            Assert.True(found.Member.Name != "address" || text.EndsWith("example.org", StringComparison.Ordinal), text);
        }
    });

    [Fact]
    public void Samples_exercise_every_member_of_providers_and_attorneys()
    {
        var records = Reachable(typeof(Provider)).Union(Reachable(typeof(Attorney)));
        var wanted = records.SelectMany(r => EntryMembers.Of(r).Select(m => (m.Property.DeclaringType!.Name, m.Name)));
        var set = Samples.SelectMany(s => EntryMembers.Walk(s.Entry)).Where(v => IsSaid(v.Value))
            .Select(v => (v.Member.Property.DeclaringType!.Name, v.Member.Name));
        Assert.Empty(wanted.Except(set));
    }

    [Fact]
    public void Samples_cover_every_value_that_search_filters_on()
    {
        var terms = Samples.SelectMany(s => EntryTerms.Of(s.Entry)).ToHashSet();
        string[] vocabularies = ["capacity", "immigrationStatus", "availability", "phoneType", "languageService", "dojAccreditation", "translationProvenance"];
        var wanted = vocabularies.SelectMany(v => VocabularySet.Shipped.Find(v)!.Terms.Select(t => (v, t.Code))).Where(t => t != ("languageService", "writtenTranslation"));
        Assert.Empty(wanted.Except(terms));

        var services = Samples.Select(s => s.Entry).OfType<ServiceEntry>().ToList();
        Assert.Equal(Enum.GetValues<Visibility>(), services.SelectMany(s => s.Locations).Select(l => l.Visibility).Distinct().Order());
        Assert.Contains(services, s => s.Hours?.Times.Any(t => t.Closes < t.Opens) == true);
        var translated = services.SelectMany(s => s.Translations).Select(t => t.Language);
        Assert.Empty(new[] { "es", "fr", "pt", "ht", "vi", "ar", "zh-Hans", "ko", "ru", "tl" }.Except(translated));
    }

    private static bool IsFictitious(string number) =>
        number is "988" or "741741" || number.Length == 12 && number[5..].StartsWith("55501", StringComparison.Ordinal);

    private static bool IsSaid(object? value) => value switch
    {
        null or false => false,
        IList { Count: 0 } => false,
        _ => true,
    };

    private static HashSet<Type> Reachable(Type record)
    {
        var reached = new HashSet<Type> { record };
        var waiting = new Queue<Type>(reached);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var inner in EntryMembers.Of(next).Select(m => m.Record).OfType<Type>().Where(reached.Add))
            {
                waiting.Enqueue(inner);
            }
        }

        return reached;
    }
}
