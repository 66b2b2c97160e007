using System.Text.RegularExpressions;
using DiffPlex;
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

/// <summary>Compares two texts word by word, with DiffPlex.</summary>
public static partial class WordDiff
{
    /// <summary>Beyond this many words on a side the whole text counts as one word: comparing longer texts with nothing in common would take too long.</summary>
    private const int MaximumWords = 4000;

    /// <summary>The pieces, in reading order; what was removed stands before what was put in its place.</summary>
    public static IReadOnlyList<Piece> Compare(string? before, string? after)
    {
        var pieces = new List<Piece>();
        if (Words.Count(before) > MaximumWords || Words.Count(after) > MaximumWords)
        {
            Add(pieces, PieceState.Removed, before is null ? [] : [before]);
            Add(pieces, PieceState.Added, after is null ? [] : [after]);
            return pieces;
        }

        var diff = Differ.Instance.CreateDiffs(before ?? "", after ?? "", ignoreWhiteSpace: false, ignoreCase: false, new Words());
        var (old, current) = (diff.PiecesOld, diff.PiecesNew);
        var done = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Add(pieces, PieceState.Same, old.Skip(done).Take(block.DeleteStartA - done));
            Add(pieces, PieceState.Removed, old.Skip(block.DeleteStartA).Take(block.DeleteCountA));
            Add(pieces, PieceState.Added, current.Skip(block.InsertStartB).Take(block.InsertCountB));
            done = block.DeleteStartA + block.DeleteCountA;
        }

        Add(pieces, PieceState.Same, old.Skip(done));
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

    private static void Add(List<Piece> pieces, PieceState state, IEnumerable<string> words)
    {
        var text = string.Concat(words);
        if (text.Length == 0)
        {
            return;
        }

        if (pieces.Count > 0 && pieces[^1].State == state)
        {
            pieces[^1] = new Piece(state, pieces[^1].Text + text);
        }
        else
        {
            pieces.Add(new Piece(state, text));
        }
    }

    /// <summary>A word with the space after it would hide that only the space changed; so space counts by itself, and so does punctuation.</summary>
    private sealed partial class Words : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(m => m.Value)];

        public static int Count(string? text) => text is null ? 0 : Word().Count(text);

        [GeneratedRegex(@"\w+|\s+|[^\w\s]", RegexOptions.Singleline)]
        private static partial Regex Word();
    }
}
