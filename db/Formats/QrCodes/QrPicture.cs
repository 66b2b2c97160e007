using System.Globalization;
using System.Text;
using QRCoder;

namespace HealthEquity.Formats.QrCodes;

/// <summary>A QR code as an SVG path, one unit per module, including the quiet zone.</summary>
/// <param name="Size">Width and height in modules.</param>
/// <param name="Path">The dark modules, one rectangle per run in a row.</param>
public sealed record QrPicture(int Size, string Path)
{
    /// <summary>No picture.</summary>
    public static QrPicture Empty { get; } = new(0, "");

    /// <summary>The code of a text, with error correction M (15 %).</summary>
    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                var start = x;
                while (x < row.Count && row[x])
                {
                    x++;
                }

                if (x > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
                }
            }
        }

        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }

    /// <summary>The code as a picture of its own: black on white, whatever page it stands on.</summary>
    public string Svg() => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Size} {Size}" width="{Size * 4}" height="{Size * 4}"><path fill="#fff" d="M0 0h{Size}v{Size}H0z"/><path d="{Path}"/></svg>""");
}
