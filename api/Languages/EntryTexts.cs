using System.Text.Json;

namespace HealthEquity.Api.Languages;

/// <summary>
/// Finds an entry's texts other than its name, summary and description: notes, steps, policies. Translations do not include them, so
/// they are always in the entry's own language.
/// </summary>
internal static class EntryTexts
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
