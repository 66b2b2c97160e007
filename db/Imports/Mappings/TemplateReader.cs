using System.Text.Json.Nodes;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Imports.Mappings;

/// <summary>Reads the templates and conditions of a mapping.</summary>
internal sealed class TemplateReader(TransformReader transforms, IReadOnlyCollection<string> files)
{
    private static readonly string[] Expressions = ["column", "columns", "compose", "each", "choose", "first"];

    private static readonly string[] Tests = ["is", "matches", "empty"];

    public Template Read(MappingPart part) => part.Node switch
    {
        null => throw part.Fault("null has no effect. Remove the member."),
        JsonArray => new ListTemplate([.. part.Items().Select(Read)]),
        JsonObject members => Array.Find(Expressions, members.ContainsKey) is { } expression ? ReadExpression(expression, part) : ReadObject(part),
        _ => new ConstantTemplate(part.Node),
    };

    public ObjectTemplate ReadObject(MappingPart part) =>
        new([.. part.Members().Select(m => KeyValuePair.Create(m.Key, Read(m.Value)))]);

    public IReadOnlyList<Template> ReadAll(MappingPart part) => [.. part.Items().Select(Read)];

    public IReadOnlyList<Condition> ReadConditions(MappingPart part) => [.. part.Items().Select(ReadCondition)];

    private Template ReadExpression(string expression, MappingPart part)
    {
        switch (expression)
        {
            case "column":
                var one = part.Members(["column"], ["as", "optional"]);
                return new ColumnTemplate([one["column"].Text()], "", transforms.Read(one.Optional("as")), IsOptional(one));
            case "columns":
                var several = part.Members(["columns", "join"], ["as", "optional"]);
                return new ColumnTemplate(several["columns"].TextList(), several["join"].Text(), transforms.Read(several.Optional("as")), IsOptional(several));
            case "compose":
                var text = part.Members(["compose"], ["separator", "format", "as"]);
                var format = text.TryGetValue("format", out var given) ? TransformReader.ReadFormat(given) : "{0}";
                return new ComposeTemplate(ReadAll(text["compose"]), text.OptionalText("separator") ?? " ", format, transforms.Read(text.Optional("as")));
            case "each":
                var each = part.Members(["each", "item"], ["where"]);
                return new EachTemplate(File(each["each"]), ReadConditions(each.Optional("where")), Read(each["item"]));
            case "choose":
                var choose = part.Members(["choose"], ["otherwise"]);
                return new ChooseTemplate(
                    [.. choose["choose"].Items().Select(ReadCase)],
                    choose.TryGetValue("otherwise", out var otherwise) ? Read(otherwise) : null);
            default:
                return new FirstTemplate(ReadAll(part.Members(["first"], [])["first"]));
        }
    }

    private (IReadOnlyList<Condition> When, Template Then) ReadCase(MappingPart part)
    {
        var members = part.Members(["when", "then"], []);
        return (ReadConditions(members["when"]), Read(members["then"]));
    }

    private Condition ReadCondition(MappingPart part)
    {
        var members = part.Members();
        foreach (var quantifier in Enum.GetValues<Quantifier>())
        {
            var name = quantifier.ToString().ToLowerInvariant();
            if (members.ContainsKey(name))
            {
                members = part.Members([name, "where"], []);
                return new RelatedCondition(quantifier, File(members[name]), ReadConditions(members["where"]));
            }
        }

        members = part.Members(["column"], [.. Tests, "not"]);
        var tests = Tests.Where(members.ContainsKey).ToList();
        if (tests.Count != 1)
        {
            throw part.Fault("write one of: is, matches, empty.");
        }

        return new ColumnCondition(members["column"].Text(), ReadTest(tests[0], members[tests[0]]), members.TryGetValue("not", out var not) && Flag(not));
    }

    private static Func<string, bool> ReadTest(string test, MappingPart part)
    {
        switch (test)
        {
            case "is":
                var texts = new HashSet<string>(part.TextList(), StringComparer.OrdinalIgnoreCase);
                return texts.Contains;
            case "matches":
                return TransformReader.ReadPattern(part.Text(), part).IsMatch;
            default:
                var empty = Flag(part);
                return text => text.Length == 0 == empty;
        }
    }

    private static bool IsOptional(IReadOnlyDictionary<string, MappingPart> members) => members.TryGetValue("optional", out var part) && Flag(part);

    private static bool Flag(MappingPart part) =>
        part.Node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : throw part.Fault("write true or false.");

    private string File(MappingPart part) => files.Contains(part.Text())
        ? part.Text()
        : throw part.Fault($"unknown file '{part.Text()}'. Use one of {string.Join(", ", files)}.");
}
