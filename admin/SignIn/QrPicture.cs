using System.Globalization;
using System.Text;
using QRCoder;

namespace HealthEquity.Admin.SignIn;

/// <summary>A QR code as an SVG path, one unit per module, including the quiet zone.</summary>
public sealed record QrPicture(int Size, string Path)
{
    public static QrPicture Empty { get; } = new(0, "");

    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                if (row[x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }
}
