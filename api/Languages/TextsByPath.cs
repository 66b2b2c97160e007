using System.Globalization;
using System.Text.Json;

namespace HealthEquity.Api.Languages;

/// <summary>
/// Finds an entry's texts other than its name, summary and description: notes, steps, policies. A translation holds them by path, if it
/// holds them at all.
/// </summary>
internal static class TextsByPath
{
    /// <summary>Members with such texts, and the names of the texts inside them. An empty list means that the member itself is the text.</summary>
    private static readonly (string Member, string[] Inside)[] Members =
    [
        ("phones", ["label"]),
        ("emails", ["label"]),
        ("links", ["label"]),
        ("locations", ["transit"]),
        ("hours", ["note"]),
        ("serviceArea", ["note"]),
        ("languages", ["note"]),
        ("cost", ["note"]),
        ("eligibility", ["immigrationStatusEvidence", "note"]),
        ("remoteService", ["note"]),
        ("intakeHours", ["note"]),
        ("intakePolicy", []),
        ("steps", []),
        ("provisions", ["text"]),
        ("modelText", ["text"]),
        ("evidence", ["finding"]),
        ("adoptions", ["departures", "note"]),
    ];

    /// <summary>The paths of the texts in a document: "member" or "member.inside".</summary>
    public static List<string> Find(ReadOnlySpan<byte> document)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = MemberHere(reader);
            reader.Read();
            if (index >= 0)
            {
                AddFrom(reader, Members[index].Member, Members[index].Inside, found);
            }

            reader.Skip();
        }

        return found;
    }

    /// <summary>
    /// Every such text in a document: its path as translations name it, its name as <see cref="Find"/> gives it, and where its value stands.
    /// </summary>
    public static List<(string Path, string Name, Range Place)> Locate(ReadOnlySpan<byte> document)
    {
        var found = new List<(string, string, Range)>();
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = MemberHere(reader);
            reader.Read();
            if (index >= 0)
            {
                Walk(ref reader, Members[index].Member, "", Members[index], found);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static void Walk(
        ref Utf8JsonReader reader, string path, string name, (string Member, string[] Inside) member, List<(string, string, Range)> found)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var inner = reader.GetString()!;
                reader.Read();
                Walk(ref reader, $"{path}.{inner}", inner, member, found);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                var place = path == "provisions" ? CodeOf(reader) : null;
                Walk(ref reader, $"{path}[{place ?? i.ToString(CultureInfo.InvariantCulture)}]", name, member, found);
            }
        }
        else if (reader.TokenType == JsonTokenType.String && (member.Inside.Length == 0 || member.Inside.Contains(name)))
        {
            found.Add((path, member.Inside.Length == 0 ? member.Member : $"{member.Member}.{name}", (int)reader.TokenStartIndex..(int)reader.BytesConsumed));
        }
    }

    /// <param name="reader">A copy of the reader, at the start of a provision.</param>
    private static string? CodeOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("code"u8);
            reader.Read();
            if (isCode)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }

    private static int MemberHere(in Utf8JsonReader reader)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (reader.ValueTextEquals(Members[i].Member))
            {
                return i;
            }
        }

        return -1;
    }

    /// <param name="reader">A copy of the reader, at the member's value.</param>
    /// <param name="member">The member.</param>
    /// <param name="inside">The texts in it.</param>
    /// <param name="found">Receives the paths.</param>
    private static void AddFrom(Utf8JsonReader reader, string member, string[] inside, List<string> found)
    {
        if (inside.Length == 0)
        {
            if (reader.TokenType == JsonTokenType.String || (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType != JsonTokenType.EndArray))
            {
                found.Add(member);
            }

            return;
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            foreach (var text in inside)
            {
                if (reader.ValueTextEquals(text) && !found.Contains($"{member}.{text}"))
                {
                    found.Add($"{member}.{text}");
                }
            }
        }
    }
}
