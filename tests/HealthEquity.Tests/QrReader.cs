using System.Globalization;
using Microsoft.Playwright;
using ZXing;
using ZXing.QrCode;

namespace HealthEquity.Tests;

/// <summary>Reads QR codes the way a phone does: from the picture.</summary>
internal static class QrReader
{
    /// <summary>The text of the code in an element, from a screenshot of it.</summary>
    public static async Task<string> ReadAsync(IPage page, string selector)
    {
        var picture = Convert.ToBase64String(await page.Locator(selector).First.ScreenshotAsync());
        var blank = await page.Context.Browser!.NewPageAsync();
        // The canvas turns the PNG into gray pixels.
        var pixels = await blank.EvaluateAsync<string>(
            """
            async png => {
              const image = new Image();
              image.src = 'data:image/png;base64,' + png;
              await image.decode();
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [image.width, image.height];
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const data = context.getImageData(0, 0, image.width, image.height).data;
              let gray = '';
              for (let i = 0; i < data.length; i += 4) { gray += String.fromCharCode((data[i] + data[i + 1] + data[i + 2]) / 3); }
              return `${image.width} ${image.height} ${btoa(gray)}`;
            }
            """,
            picture);
        await blank.CloseAsync();
        var parts = pixels.Split(' ');
        var (width, height) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        var source = new RGBLuminanceSource(Convert.FromBase64String(parts[2]), width, height, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new ZXing.Common.HybridBinarizer(source)))?.Text ?? throw new InvalidOperationException("The QR code can't be read.");
    }
}
