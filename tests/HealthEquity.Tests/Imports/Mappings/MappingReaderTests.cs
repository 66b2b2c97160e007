using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Tests.Imports.Mappings;

/// <summary>Error messages for authors of mappings.</summary>
public sealed class MappingReaderTests
{
    private const string Good =
        """
        {
          "name": "test", "source": { "name": "Test" }, "kind": "provider", "files": [ { "name": "rows" } ],
          "id": [ { "column": "id" } ], "fields": { "name": { "column": "name" }, "phones": [ { "column": "phone", "as": "phone" } ] }
        }
        """;

    [Fact]
    public void Two_mappings_are_built_in() => Assert.Equal(["florida-legal-aid", "samhsa-mental-health"], MappingReader.Shipped);

    [Fact]
    public void Every_built_in_mapping_can_be_read() => Assert.All(MappingReader.Shipped, name => Assert.Equal(name, MappingReader.Find(name).Name));

    [Theory]
    [InlineData("\"kind\": \"provider\"", "\"kind\": \"providers\"", "kind: unknown kind")]
    [InlineData("\"id\":", "\"ids\":", "ids: unknown member 'ids'")]
    [InlineData("\"as\": \"phone\"", "\"as\": \"fone\"", "fields.phones[0].as: unknown transform 'fone'. Use one of address")]
    [InlineData("\"as\": \"phone\"", "\"as\": { \"phone\": { \"lable\": \"x\" } }", "fields.phones[0].as.phone.lable: unknown member")]
    [InlineData("\"as\": \"phone\"", "\"as\": { \"lookup\": \"codes\" }", "unknown table 'codes'")]
    [InlineData("\"as\": \"phone\"", "\"as\": { \"only\": \"(\" }", "is not a regular expression")]
    [InlineData("\"as\": \"phone\"", "\"is\": \"phone\"", "fields.phones[0].is: unknown member 'is'")]
    [InlineData("\"phones\":", "\"phone\":", "fields.phone: unknown member. Use one of")]
    [InlineData("{ \"column\": \"phone\", \"as\": \"phone\" }", "{ \"nmuber\": \"x\" }", "fields.phones[0].nmuber: unknown member")]
    [InlineData("\"name\": { \"column\": \"name\" }", "\"name\": { \"each\": \"others\", \"item\": \"x\" }", "unknown file 'others'")]
    [InlineData("\"source\": { \"name\": \"Test\" }", "\"source\": { \"name\": \"Test\", \"retrievedOn\": \"May\" }", "source.retrievedOn: write a date")]
    [InlineData("{", "[", "not JSON")]
    public void An_error_is_reported_with_its_place(string good, string bad, string message)
    {
        var fault = Assert.Throws<MappingException>(() => MappingReader.Read(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_mapping_is_reported_with_the_known_ones()
    {
        var fault = Assert.Throws<MappingException>(() => MappingReader.Find("samsha"));
        Assert.Contains("samhsa-mental-health", fault.Message, StringComparison.Ordinal);
    }
}
