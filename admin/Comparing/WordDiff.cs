using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Admin.Comparing;

/// <summary>What became of a piece of text.</summary>
public enum PieceState
{
    /// <summary>It stands in both.</summary>
    Same,

    /// <summary>It stands in the older text only.</summary>
    Removed,

    /// <summary>It stands in the newer text only.</summary>
    Added,
}

/// <summary>A piece of a text, and what became of it.</summary>
public readonly record struct Piece(PieceState State, string Text);

/// <summary>Compares two texts word by word.</summary>
public static partial class WordDiff
{
    /// <summary>Beyond this many words on a side the whole text counts as one word: the table of the comparison would grow too large.</summary>
    private const int MaximumWords = 4000;

    /// <summary>The pieces, in reading order; what was removed stands before what was put in its place.</summary>
    public static IReadOnlyList<Piece> Compare(string? before, string? after)
    {
        var (old, current) = (Words(before), Words(after));
        var start = CommonPrefix(old, current);
        var end = CommonSuffix(old, current, start);
        var pieces = new List<Piece>();
        Add(pieces, PieceState.Same, old[..start]);
        CompareMiddle(old[start..^end], current[start..^end], pieces);
        Add(pieces, PieceState.Same, old[^end..]);
        return Together(pieces);
    }

    /// <summary>The pieces as markup: what was removed as del, what was added as ins, and all of it as text.</summary>
    public static IHtmlContent Html(IEnumerable<Piece> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var piece in pieces)
        {
            var (open, close) = piece.State switch
            {
                PieceState.Added => ("<ins>", "</ins>"),
                PieceState.Removed => ("<del>", "</del>"),
                _ => ("", ""),
            };
            html.AppendHtml(open).Append(piece.Text).AppendHtml(close);
        }

        return html;
    }

    /// <summary>Words of a sentence that was rewritten stand together: the spaces that both have in common are not what they share.</summary>
    private static List<Piece> Together(List<Piece> pieces)
    {
        var together = new List<Piece>();
        var (removed, added) = ("", "");
        foreach (var (index, piece) in pieces.Index())
        {
            var isBetween = piece.State == PieceState.Same && removed.Length > 0 && added.Length > 0 && index < pieces.Count - 1
                && string.IsNullOrWhiteSpace(piece.Text) && !piece.Text.Contains('\n', StringComparison.Ordinal);
            if (piece.State == PieceState.Same && !isBetween)
            {
                Flush();
                together.Add(piece);
                continue;
            }

            removed += piece.State != PieceState.Added ? piece.Text : "";
            added += piece.State != PieceState.Removed ? piece.Text : "";
        }

        Flush();
        return together;

        void Flush()
        {
            together.AddRange(new[] { new Piece(PieceState.Removed, removed), new Piece(PieceState.Added, added) }.Where(p => p.Text.Length > 0));
            (removed, added) = ("", "");
        }
    }

    private static void CompareMiddle(string[] old, string[] current, List<Piece> pieces)
    {
        if (old.Length > MaximumWords || current.Length > MaximumWords)
        {
            Add(pieces, PieceState.Removed, old);
            Add(pieces, PieceState.Added, current);
            return;
        }

        // lengths[i, j]: how many words the rests from i and from j have in common, in order.
        var lengths = new ushort[old.Length + 1, current.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = current.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == current[j]
                    ? (ushort)(lengths[i + 1, j + 1] + 1)
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var (a, b) = (0, 0);
        while (a < old.Length || b < current.Length)
        {
            if (a < old.Length && b < current.Length && old[a] == current[b])
            {
                Add(pieces, PieceState.Same, [old[a++]]);
                b++;
            }
            else if (b >= current.Length || a < old.Length && lengths[a + 1, b] >= lengths[a, b + 1])
            {
                Add(pieces, PieceState.Removed, [old[a++]]);
            }
            else
            {
                Add(pieces, PieceState.Added, [current[b++]]);
            }
        }
    }

    private static void Add(List<Piece> pieces, PieceState state, string[] words)
    {
        if (words.Length == 0)
        {
            return;
        }

        var text = string.Concat(words);
        if (pieces.Count > 0 && pieces[^1].State == state)
        {
            pieces[^1] = new Piece(state, pieces[^1].Text + text);
        }
        else
        {
            pieces.Add(new Piece(state, text));
        }
    }

    private static int CommonPrefix(string[] a, string[] b)
    {
        var n = 0;
        while (n < a.Length && n < b.Length && a[n] == b[n])
        {
            n++;
        }

        return n;
    }

    private static int CommonSuffix(string[] a, string[] b, int start)
    {
        var n = 0;
        while (n < a.Length - start && n < b.Length - start && a[^(n + 1)] == b[^(n + 1)])
        {
            n++;
        }

        return n;
    }

    private static string[] Words(string? text) => text is null ? [] : [.. Word().Matches(text).Select(m => m.Value)];

    /// <summary>A word with the space after it would hide that only the space changed; so space counts by itself, and so does punctuation.</summary>
    [GeneratedRegex(@"\w+|\s+|[^\w\s]", RegexOptions.Singleline)]
    private static partial Regex Word();
}
