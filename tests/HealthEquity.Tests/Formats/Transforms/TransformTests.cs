using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Tests.Formats.Transforms;

/// <summary>The result of each transform.</summary>
public sealed class TransformTests
{
    [Theory]
    [InlineData("""["oneLine"]""", " two\r\n\tlines ", "two lines")]
    [InlineData("""{"limit": 12}""", "one two three four", "one two…")]
    [InlineData("""{"split": ";"}""", "a; b;;a ", """["a","b"]""")]
    [InlineData("""[{"split": ","}, {"only": "^b"}]""", "a, b1, b2", """["b1","b2"]""")]
    [InlineData("""{"only": "^x"}""", "abc", null)]
    [InlineData("""{"replace": {"^DBA/ *": ""}}""", "DBA/ Legal Aid", "Legal Aid")]
    [InlineData("""{"format": "EIN {0}"}""", "12", "EIN 12")]
    [InlineData("""{"lookup": "codes"}""", "YES", "yes")]
    [InlineData("""{"lookup": "codes"}""", "nothing", null)]
    [InlineData("""{"keywords": "words"}""", "We help with U visas and DACA", """["uVisa","daca"]""")]
    [InlineData("\"number\"", "-73.0638482", "-73.0638482")]
    [InlineData("\"number\"", "1,200", "1200")]
    [InlineData("""{"date": "MM/dd/yyyy"}""", "02/28/2026", "2026-02-28")]
    [InlineData("\"ein\"", "901234567", "90-1234567")]
    [InlineData("\"ein\"", "90-1234567", "90-1234567")]
    [InlineData("\"zip\"", "6708", "06708")]
    [InlineData("\"zip\"", "501", "00501")]
    [InlineData("\"zip\"", "4240-291", "04240-0291")]
    [InlineData("\"zip\"", "331301234", "33130-1234")]
    [InlineData("\"state\"", "florida", "FL")]
    [InlineData("\"url\"", "http://", null)]
    [InlineData("\"url\"", "www.Example.org", "http://www.example.org")]
    [InlineData("\"url\"", "https://example.org/a/", "https://example.org/a/")]
    [InlineData("\"url\"", "http://www.example.org\\care", "http://www.example.org/care")]
    [InlineData("\"email\"", "info@example.org", "info@example.org")]
    [InlineData("""{"countyIn": "FL"}""", "Miami-Dade County", "FL:Miami-Dade County")]
    [InlineData("""{"county": {"state": "state"}}""", "33130", "Miami-Dade County")]
    [InlineData("""{"county": {"state": "state", "named": "county"}}""", "33130", "Broward County")]
    [InlineData("""{"address": "address1"}""", "401 NE 4th Street, Fort Lauderdale, FL 33301", "401 NE 4th Street")]
    [InlineData("""{"address": "address2"}""", "Edgecomb Courthouse, 800 E Twiggs St - Room 207, Tampa, FL 33602", "Edgecomb Courthouse")]
    [InlineData("""{"address": "city"}""", "Fort Pierce, FL", "Fort Pierce")]
    [InlineData("""{"address": "address1"}""", "Fort Pierce, FL", null)]
    [InlineData("""{"address": "postalCode"}""", "FL 32955", "32955")]
    [InlineData("""{"address": "county"}""", "FL 32955", "Brevard County")]
    [InlineData("\"language\"", "Haitian Creole", "ht")]
    [InlineData("\"localTime\"", "3/1/2026 6:30 PM", "2026-03-01T18:30:00")]
    [InlineData("\"localTime\"", "2026-03-01T18:30:00", "2026-03-01T18:30:00")]
    [InlineData("\"localTime\"", "Mar 1, 2026 at 6 p.m.", "2026-03-01T18:00:00")]
    [InlineData("\"localTime\"", "March 1, 2026", "2026-03-01T00:00:00")]
    [InlineData("\"timeZone\"", "EST", "America/New_York")]
    [InlineData("\"timeZone\"", "Central Time (US & Canada)", "America/Chicago")]
    [InlineData("\"timeZone\"", "America/Denver", "America/Denver")]
    [InlineData("\"timeZoneOfPlace\"", "CT", "America/New_York")]
    [InlineData("\"timeZoneOfPlace\"", "32501", "America/Chicago")]
    [InlineData("\"timeZoneOfPlace\"", "FL", null)]
    [InlineData("\"foldName\"", "The Centro Médico, Inc.", "centro medico")]
    [InlineData("\"foldStreet\"", "123 N. Main Street, Suite 4", "123 n main st")]
    [InlineData("\"phone\"", "305-555-0142", """{"number":"+13055550142"}""")]
    [InlineData("\"phone\"", "860-276-3000 x301", """{"number":"+18602763000","extension":"301"}""")]
    [InlineData("""{"phone": {"label": "intake"}}""", "(850) 432-2336", """{"number":"+18504322336","label":"intake"}""")]
    [InlineData("""{"phone": {"types": {"tdd": "tty"}}}""", "tdd: 800-955-8771", """{"number":"+18009558771","type":"tty"}""")]
    [InlineData("""{"phone": {"labelColumn": "county", "labels": {"main": ""}}}""", "main: 352-567-9044", """{"number":"+13525679044","label":"Broward"}""")]
    public void A_cell_is_read(string steps, string cell, string? expected)
    {
        var (value, faults) = Read(steps, cell);
        Assert.Empty(faults);
        Assert.Equal(expected, value switch
        {
            null => null,
            JsonValue => value.ToString(),
            _ => value.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal),
        });
    }

    [Theory]
    [InlineData("\"phone\"", "7274-821-0726", "ten digits")]
    [InlineData("\"phone\"", "call us", "ten digits")]
    [InlineData("\"phone\"", "486-996-2486", "area code")]
    [InlineData("\"zip\"", "33130-12345", "five digits")]
    [InlineData("\"zip\"", "12", "five digits")]
    [InlineData("\"state\"", "Floridaa", "two-letter code")]
    [InlineData("\"url\"", "http://Www.mediapoliscare,com", "Copy it from the browser")]
    [InlineData("\"url\"", "http://www://Amerikare.net", "Copy it from the browser")]
    [InlineData("\"email\"", "info at example.org", "one address")]
    [InlineData("\"ein\"", "12345", "nine digits")]
    [InlineData("\"number\"", "12a", "digits")]
    [InlineData("""{"date": "MM/dd/yyyy"}""", "2026-02-28", "MM/dd/yyyy")]
    [InlineData("""{"lookup": "codes"}""", "perhaps", "add it to the table")]
    [InlineData("""{"countyIn": "FL"}""", "Kings County", "full name")]
    [InlineData("\"language\"", "Klingonese", "one language")]
    [InlineData("\"localTime\"", "2026-03-01T18:30-05:00", "without a time zone")]
    [InlineData("\"localTime\"", "3/1/2026 18:75", "without a time zone")]
    [InlineData("\"timeZone\"", "local", "IANA name")]
    [InlineData("""{"address": "city"}""", "somewhere", "street, city, FL 33301")]
    public void An_unreadable_cell_is_reported_with_a_remedy(string steps, string cell, string remedy)
    {
        var (value, faults) = Read(steps, cell);
        Assert.Null(value);
        var fault = Assert.Single(faults);
        Assert.Equal("cell", fault.Field);
        Assert.Equal(cell, fault.Value);
        Assert.Equal(7, fault.Row.Line);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_takes_no_longer_for_a_text_that_almost_matches()
    {
        var (value, faults) = Read("""{"only": "^(a+)+$"}""", new string('a', 60) + "!");
        Assert.Null(value);
        Assert.Empty(faults);
    }

    [Fact]
    public void A_cell_that_takes_too_long_is_reported_and_the_import_goes_on()
    {
        var endless = new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));
        List<RowFault> faults = [];
        var context = new RowContext(new SourceRow(new SourceHeader("rows", ["cell"], []), 7, [new string('a', 60) + "!"]), _ => [], faults);
        Assert.Null(new ColumnTemplate(["cell"], "", [new Only(endless)]).Fill(context));
        Assert.False(new ColumnCondition("cell", endless.IsMatch, not: true).Holds(context));
        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault =>
        {
            Assert.Equal((7, "cell"), (fault.Row.Line, fault.Field));
            Assert.Contains("took too long", fault.Reason, StringComparison.Ordinal);
        });
    }

    private static (JsonNode? Value, List<RowFault> Faults) Read(string steps, string cell)
    {
        var mapping = MappingReader.Read(
            $$"""
            {
              "name": "test", "source": { "name": "Test" }, "kind": "provider", "files": [ { "name": "rows" } ],
              "id": { "column": "cell" }, "fields": { "name": { "column": "cell", "as": {{steps}} } },
              "tables": { "codes": { "yes": "yes", "nothing": null }, "words": { "U[- ]visas?": "uVisa", "DACA": "daca", "TPS": "tps" } }
            }
            """);
        var header = new SourceHeader("rows", ["cell", "state", "county"], []);
        List<RowFault> faults = [];
        var context = new RowContext(new SourceRow(header, 7, [cell, "FL", "Broward"]), _ => [], faults);
        return (mapping.Fields.Fill(context)?["name"], faults);
    }
}
