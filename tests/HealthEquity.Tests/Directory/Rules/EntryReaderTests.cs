using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;

namespace HealthEquity.Tests.Directory.Rules;

public class EntryReaderTests
{
    [Theory]
    [InlineData("""{"kind":"provider","name":"A","phones":[{"numbr":"+13055550142"}]}""", "phones[0].numbr", "Did you mean 'number'?")]
    [InlineData("""{"kind":"provider","name":"A","speciality":["trauma"]}""", "speciality", "Did you mean 'specialties'?")]
    [InlineData("""{"kind":"provider","name":"A","id":"01990000-0000-7000-8000-000000000000"}""", "id", "is not a field")]
    [InlineData("""{"kind":"provider","name":"A","phones":[{}]}""", "phones[0].number", "is required")]
    [InlineData("""{"kind":"provider"}""", "name", "is required")]
    [InlineData("""{"kind":"provider","name":7}""", "name", "in \"quotes\"")]
    [InlineData("""{"kind":"provider","name":null}""", "name", "is null")]
    [InlineData("""{"kind":"provider","name":"A","tags":null}""", "tags", "is null")]
    [InlineData("""{"kind":"provider","name":"A","tags":"school"}""", "tags", "[square brackets]")]
    [InlineData("""{"kind":"provider","name":"A","tags":[1]}""", "tags[0]", "in \"quotes\"")]
    [InlineData("""{"kind":"provider","name":"A","cost":"free"}""", "cost", "{curly braces}")]
    [InlineData("""{"kind":"provider","name":"A","cost":{"feeMinimum":"20"}}""", "cost.feeMinimum", "without quotes")]
    [InlineData("""{"kind":"provider","name":"A","capacity":{"asOf":"5/1/2026"}}""", "capacity.asOf", "yyyy-MM-dd")]
    [InlineData("""{"kind":"provider","name":"A","hours":{"alwaysOpen":"yes"}}""", "hours.alwaysOpen", "true or false")]
    [InlineData("""{"kind":"provider","name":"A","hours":{"times":[{"day":"lunes","opens":"09:00","closes":"10:00"}]}}""", "hours.times[0].day", "monday")]
    [InlineData("""{"kind":"provider","name":"A","hours":{"times":[{"day":"monday","opens":"9","closes":"10:00"}]}}""", "hours.times[0].opens", "HH:mm")]
    [InlineData("""{"kind":"provider","name":"A","locations":[{"visibility":"secret"}]}""", "locations[0].visibility", "public, area, private")]
    [InlineData("""{"kind":"doctor","name":"A"}""", "kind", "provider, attorney")]
    [InlineData("""{"name":"A"}""", "kind", "provider, attorney")]
    [InlineData("""[]""", "kind", "provider, attorney")]
    [InlineData("""null""", "kind", "provider, attorney")]
    [InlineData("""{"kind":"provider",""", "", "not valid JSON (line 1")]
    public void A_failure_names_the_path_and_the_remedy(string body, string path, string remedy)
    {
        Assert.False(EntryReader.TryRead(body, out var entry, out var failure));
        Assert.Null(entry);
        Assert.Equal(path, failure!.PropertyName);
        Assert.Contains(remedy, failure.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("HealthEquity", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_valid_entry_is_returned()
    {
        Assert.True(EntryReader.TryRead("""{"name":"A","kind":"organization"}""", out var entry, out var failure));
        Assert.Equal(EntryKind.Organization, entry!.Kind);
        Assert.Null(failure);
    }
}
