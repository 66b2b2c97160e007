using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Services and organizations from an HSDS source in any format.</summary>
public abstract class HsdsContent : IDisposable
{
    /// <summary>A description for people, such as "an HSDS 2.x package, 9 tables in a ZIP".</summary>
    public abstract string Description { get; }

    /// <summary>The HSDS version, if it can be detected: "3.1", "2.x".</summary>
    public abstract string Version { get; }

    /// <summary>The files to read.</summary>
    public abstract IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The number of services, plus organizations without services; null if unknown before reading.</summary>
    public virtual int? Count => null;

    /// <summary>Tables and columns that are ignored because no version of the standard has them.</summary>
    public virtual IReadOnlyList<string> Ignored => [];

    /// <summary>The publisher, if the source names it.</summary>
    public virtual string? Publisher => null;

    /// <summary>The services, and the organizations without services.</summary>
    /// <param name="faults">Receives errors.</param>
    /// <exception cref="ImportFileException">The source can't be read further.</exception>
    public abstract IEnumerable<HsdsThing> Things(ICollection<RowFault> faults);

    /// <summary>Opens a file or folder; null if it is not HSDS.</summary>
    /// <exception cref="ImportFileException">The source can't be read or exceeds a limit.</exception>
    public static HsdsContent? TryOpenAny(string path, SourceLimits limits)
    {
        if (System.IO.Directory.Exists(path))
        {
            return HsdsPackageContent.TryOpenFolder(path, limits);
        }

        return SourceTables.DetectFormat(path) switch
        {
            FileFormat.Zip => HsdsPackageContent.TryOpenZip(path, limits),
            FileFormat.Json => HsdsDocuments.TryOpen(path, limits),
            _ => HsdsCorrections.TryOpen(path, limits),
        };
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
