using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;

namespace HealthEquity.Store.Comments;

/// <summary>A curator's name in a text.</summary>
/// <param name="Start">The position of the "@".</param>
/// <param name="Length">The length with the "@".</param>
/// <param name="CuratorId">The curator; null if nobody has that name.</param>
public sealed record Mention(int Start, int Length, Guid? CuratorId);

/// <summary>
/// Finds the curators that a text names after "@": by sign-in name, its part before "@", name, or first name. The longest counts, and of
/// several the first in this order. An "@" inside a word, as in an email address, names nobody.
/// </summary>
public static class Mentions
{
    /// <summary>The names in a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="curators">All curators. Disabled ones can't be named.</param>
    /// <exception cref="RefusedException">Several curators have a name.</exception>
    public static IReadOnlyList<Mention> Find(string text, IReadOnlyList<Curator> curators) => Find(text, curators, strict: true);

    /// <summary>The names in a text that was saved earlier. A name that several curators have by now is left out.</summary>
    public static IReadOnlyList<Mention> FindAgain(string text, IReadOnlyList<Curator> curators) => Find(text, curators, strict: false);

    private static List<Mention> Find(string text, IReadOnlyList<Curator> curators, bool strict)
    {
        var names = curators.Where(c => c.DisabledAt is null).SelectMany(c => NamesOf(c).Index().Select(n => (n.Index, Name: n.Item, Curator: c))).ToList();
        var found = new List<Mention>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '-' or '_' or '@' or '/'))
            {
                continue;
            }

            var here = names.Where(n => IsAt(text, at + 1, n.Name)).ToList();
            if (here.Count == 0)
            {
                var length = WordLength(text, at + 1);
                if (length > 0)
                {
                    found.Add(new Mention(at, length + 1, CuratorId: null));
                }

                continue;
            }

            var longest = here.Max(n => n.Name.Length);
            var first = here.Where(n => n.Name.Length == longest).Min(n => n.Index);
            var people = here.Where(n => n.Name.Length == longest && n.Index == first).Select(n => n.Curator).DistinctBy(c => c.CuratorId).ToList();
            if (people.Count == 1)
            {
                found.Add(new Mention(at, longest + 1, people[0].CuratorId));
                at += longest;
            }
            else if (strict)
            {
                var choices = string.Join(" or ", people.Select(p => $"@{p.UserName} ({p.DisplayName})"));
                throw new RefusedException($"“{text.Substring(at, longest + 1)}” is the name of more than one person. Write {choices}.") { Field = CommentStore.TextField };
            }
        }

        return found;
    }

    private static string[] NamesOf(Curator curator) =>
        [curator.UserName, curator.UserName.Split('@')[0], curator.DisplayName, curator.DisplayName.Split(' ')[0]];

    private static bool IsAt(string text, int start, string name) =>
        name.Length > 0 && string.Compare(text, start, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && start + name.Length <= text.Length && !Continues(text, start + name.Length);

    /// <summary>Whether a name goes on at a position: a letter or digit, or a mark with one behind it.</summary>
    private static bool Continues(string text, int position) => position < text.Length
        && (char.IsLetterOrDigit(text[position])
            || (text[position] is '.' or '-' or '_' or '@' or '+' && position + 1 < text.Length && char.IsLetterOrDigit(text[position + 1])));

    private static int WordLength(string text, int start)
    {
        if (start >= text.Length || !char.IsLetterOrDigit(text[start]))
        {
            return 0;
        }

        var end = start;
        while (Continues(text, end))
        {
            end++;
        }

        return end - start;
    }
}
