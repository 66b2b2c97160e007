namespace HealthEquity.Directory.Geography;

/// <summary>Finds the places in a run of a script that does not part words.</summary>
internal static class PlaceRuns
{
    private const int MaxLength = 14;

    /// <summary>Adds the places in one run: in Han and Khmer anywhere, in Korean at its head, since particles follow.</summary>
    /// <returns>How many words were read: one.</returns>
    public static int Find(PlaceIndex index, PlaceWord word, int i, bool preposition, List<PlaceFinding> found)
    {
        var run = word.Folded;
        var korean = run[0] is >= '\uAC00' and <= '\uD7A3';
        var start = 0;
        while (start < run.Length - 1)
        {
            var length = Math.Min(MaxLength, run.Length - start);
            var name = 0;
            while (length >= 2 && (name = index.Find(run.AsSpan(start, length))) == 0)
            {
                length--;
            }

            if (name > 0)
            {
                var entities = new List<int>(2);
                index.Entities(name, entities);
                found.Add(new PlaceFinding
                {
                    First = i,
                    Count = 1,
                    RunStart = start,
                    RunLength = length,
                    Entities = entities,
                    Name = name,
                    Preposition = preposition || PlaceQuestion.HasPreposition(run, start, length),
                    Confidence = 0.9,
                });
            }
            else if (korean)
            {
                break;
            }

            start += name > 0 ? length : 1;
        }

        return 1;
    }
}
