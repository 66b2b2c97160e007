using System.Text.RegularExpressions;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.Comments;

/// <summary>A piece of a comment's text.</summary>
/// <param name="Text">The text; for a link, the name of the entry.</param>
/// <param name="EntryId">The entry that it links to; null for none.</param>
/// <param name="IsName">Whether it names a curator.</param>
public sealed record CommentPiece(string Text, Guid? EntryId = null, bool IsName = false);

/// <summary>Splits a comment's plain text into names, ids of entries, and the rest.</summary>
public static partial class CommentText
{
    /// <summary>The ids in a text that may be an entry's.</summary>
    public static IEnumerable<Guid> Ids(string text) => Id().Matches(text).Select(m => Guid.Parse(m.Value));

    /// <summary>The pieces of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="curators">All curators.</param>
    /// <param name="entries">The names of the entries that its ids belong to.</param>
    public static IEnumerable<CommentPiece> Pieces(string text, IReadOnlyList<Curator> curators, IReadOnlyDictionary<Guid, string> entries)
    {
        var marks = Mentions.FindAgain(text, curators).Where(m => m.CuratorId is not null)
            .Select(m => (m.Start, m.Length, Piece: new CommentPiece(text.Substring(m.Start, m.Length), IsName: true)))
            .Concat(Id().Matches(text).Where(m => entries.ContainsKey(Guid.Parse(m.Value)))
                .Select(m => (Start: m.Index, m.Length, Piece: new CommentPiece(entries[Guid.Parse(m.Value)], Guid.Parse(m.Value)))))
            .OrderBy(m => m.Start);
        var end = 0;
        foreach (var (start, length, piece) in marks.Where(m => m.Start >= end))
        {
            if (start > end)
            {
                yield return new CommentPiece(text[end..start]);
            }

            yield return piece;
            end = start + length;
        }

        if (end < text.Length)
        {
            yield return new CommentPiece(text[end..]);
        }
    }

    [GeneratedRegex(@"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")]
    private static partial Regex Id();
}
